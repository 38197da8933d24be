//! `POST /v1/contacts`: contacts from wherever they are recorded, one or many.

use crate::app::{Form, UnknownNames};
use crate::http::answer::Answer;
use crate::http::problem::{Fault, Problem};
use crate::http::request::contacts_body;
use crate::http::shared::Shared;
use axum::extract::{Request, State};
use chrono::Utc;
use serde::Serialize;
use std::io::Cursor;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};

/// One time a customer got in touch. Either `at` or `position` must be there.
#[derive(ToSchema)]
#[schema(example = json!({"customer": "C-1042", "at": "2026-11-12T09:30:00Z", "product": "gerbera", "issue": "drooping"}))]
#[expect(dead_code, reason = "it only describes the body")]
pub(in crate::http) struct ContactRequest {
    #[schema(schema_with = of_contact)]
    id: Option<String>,
    #[schema(schema_with = of_customer)]
    customer: String,
    /// When it was, as RFC 3339.
    at: Option<String>,
    /// The order among this customer's contacts, where no time is known.
    position: Option<i64>,
    product: Option<String>,
    issue: Option<String>,
    /// What was said: used to recognise the issue where none is given, and not kept.
    text: Option<String>,
}

/// What somebody numbers by themselves: a text, or a whole number.
fn of_customer() -> ObjectBuilder {
    let said = "Your own id for the customer, a whole number for its digits; only a keyed hash of it is kept.";
    ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Integer])).description(Some(said))
}

fn of_contact() -> ObjectBuilder {
    let said = "Your own id of the contact, a whole number for its digits: the same one twice counts once.";
    let types = SchemaType::from_iter([Type::String, Type::Integer, Type::Null]);
    ObjectBuilder::new().schema_type(types).description(Some(said))
}

/// What became of the contacts.
#[derive(Serialize, ToSchema)]
struct ContactsAnswer {
    accepted: u64,
    /// Known before.
    repeated: u64,
    /// The first hundred that could not be taken.
    refused: Vec<RefusedWire>,
    /// All that could not be taken.
    refused_in_all: u64,
    /// Names that the library does not know, those of most contacts first, at most fifty of products and of issues. Their
    /// contacts are kept, and move to what the name means once the library knows it.
    unknown: Vec<UnknownName>,
}

/// A name that the library does not know.
#[derive(Serialize, ToSchema)]
struct UnknownName {
    /// `product` or `issue`.
    field: &'static str,
    given: String,
    /// That name it.
    contacts: u64,
}

/// A contact that was not taken, and why.
#[derive(Serialize, ToSchema)]
#[schema(as = Refused)]
struct RefusedWire {
    /// From 1; of an array, its place.
    line: u64,
    detail: String,
}

/// Record contacts
///
/// One object, an array, JSON lines (`application/x-ndjson`) or CSV with a heading (`text/csv`). Good ones are kept
/// whatever else is in there; sending the same again changes nothing.
#[utoipa::path(post, path = "/v1/contacts", tag = "ledger", operation_id = "record_contacts",
    request_body(content((ContactRequest = "application/json"), (String = "application/x-ndjson"), (String = "text/csv"))),
    responses((status = 200, description = "What became of them", body = ContactsAnswer)))]
pub async fn record_contacts(State(shared): State<Arc<Shared>>, request: Request) -> Result<Answer, Problem> {
    let (body, form, once) = contacts_body(request, &shared.limits).await?;
    let taken = shared.app.take_contacts(Cursor::new(body.clone()), form, once.as_ref(), Utc::now(), &|_| {}).await?;
    if let (Form::Json, 0, [first]) = (form, taken.accepted + taken.repeated, taken.refused.as_slice()) {
        // A single object that cannot be used is a bad request like any other.
        let place = if body.trim_ascii_start().starts_with(b"[") { "#/0" } else { "#" };
        let pointer = first.field().map_or(place.to_owned(), |field| format!("{place}/{field}"));
        let errors = vec![Fault::new("body", pointer, first.detail.clone())];
        return Err(Problem::fields(&format!("This contact cannot be used: {}.", first.detail)).with_errors(errors));
    }
    let refused = taken.refused.into_iter().map(|r| RefusedWire { line: r.line, detail: r.detail }).collect();
    let (accepted, repeated, refused_in_all) = (taken.accepted, taken.repeated, taken.refused_in_all);
    let unknown = named("product", taken.unknown_products).chain(named("issue", taken.unknown_issues)).collect();
    Ok(Answer::json(&ContactsAnswer { accepted, repeated, refused, refused_in_all, unknown }))
}

fn named(field: &'static str, names: UnknownNames) -> impl Iterator<Item = UnknownName> {
    names.first.into_iter().map(move |(given, contacts)| UnknownName { field, given, contacts })
}
