//! A product or issue that was given and is none.

use super::words::FieldWord;
use crate::engine::{Field, Unknown};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
#[schema(as = Unknown)]
pub(in crate::http) struct UnknownWire<'a> {
    #[schema(example = "gerbora")]
    given: &'a str,
    #[schema(value_type = FieldWord)]
    field: &'static str,
    /// Ids that come nearest, best first.
    #[schema(max_items = 3)]
    nearest: &'a [String],
}

impl<'a> UnknownWire<'a> {
    pub fn new(unknown: &'a Unknown) -> Self {
        let field = match unknown.field {
            Field::Product => "product",
            Field::Issue => "issue",
        };
        Self { given: &unknown.given, field, nearest: &unknown.nearest }
    }
}
