//! Reading requests: query and body fields, accepted types, versions, idempotency keys. Each answers with what was
//! meant or with a problem that names every field at fault.

mod accept;
mod body;
mod fields;
mod idempotency;
mod json;
mod named;
mod page;
mod query;
mod version;

pub(super) use accept::{Wanted, wanted};
pub(super) use body::{
    contacts_body, decision_fields, is_json, json_fields, media_type, no_query, record_fields, text_body,
};
pub(super) use fields::Fields;
pub(super) use idempotency::{Idempotency, once};
pub(super) use named::Named;
pub(super) use page::{Page, escaped, next_link};
pub(super) use query::Query;
pub(super) use version::{if_match, precondition};
