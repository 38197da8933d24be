//! `GET /v1/products`.

use crate::app::ProductFacts;
use crate::http::answer::{Answer, weak_tag};
use crate::http::problem::Problem;
use crate::http::request::{Page, Query, next_link};
use crate::http::shared::Shared;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
struct ProductPage<'a> {
    items: Vec<Product<'a>>,
    /// The cursor of the next page; null on the last.
    #[schema(required)]
    next: Option<&'a str>,
}

/// A section of the library: a product, or a group of them.
#[derive(Serialize, ToSchema)]
struct Product<'a> {
    #[schema(example = "flowers/gerbera")]
    id: &'a str,
    #[schema(example = "Gerbera daisies")]
    title: &'a str,
    /// What else it is called.
    aliases: &'a [String],
    /// How many tips are for it.
    tips: usize,
}

impl<'a> Product<'a> {
    fn new(facts: &'a ProductFacts) -> Self {
        Self { id: facts.id.as_str(), title: &facts.title, aliases: &facts.aliases, tips: facts.tips }
    }
}

/// The products, by id
///
/// The sections of the library with their other names and the number of tips for each, page by page.
#[utoipa::path(get, path = "/v1/products", tag = "library", operation_id = "list_products", params(Page),
    responses((status = 200, description = "A page of products", body = ProductPage)))]
pub async fn list_products(
    State(shared): State<Arc<Shared>>,
    Query(fields): Query,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let page = Page::of(fields, &shared.limits)?;
    let all = shared.app.products()?;
    let (items, next) = page.cut("products", &all.what, |product| product.id.as_str())?;
    let body = ProductPage { items: items.iter().map(Product::new).collect(), next: next.as_deref() };
    let tag = weak_tag(&all.library, &("products", uri.query()));
    Ok(next_link(Answer::json(&body), &uri, next.as_deref()).tagged(&headers, &tag))
}
