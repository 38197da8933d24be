//! The closed word lists of the API as schemas, so that the document names every word that can come.

use crate::app::{PromiseStands, TipState};
use crate::engine::SilenceCode;
use crate::ledger::{BalloonState, OutcomeKind, Reason};
use crate::tip::{Audience, Kind, Mood, Stage, Theme};
use std::borrow::Cow;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

macro_rules! words {
    ($($name:ident = $words:expr;)+) => {$(
        pub struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let words: Vec<&str> = $words;
                ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).enum_values(Some(words)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )+};
}

words! {
    StageWord = Stage::ALL.iter().map(|word| word.as_str()).collect();
    MoodWord = Mood::ALL.iter().map(|word| word.as_str()).collect();
    KindWord = Kind::ALL.iter().map(|word| word.as_str()).collect();
    ThemeWord = Theme::ALL.iter().map(|word| word.as_str()).collect();
    AudienceWord = Audience::ALL.iter().map(|word| word.as_str()).collect();
    OriginWord = vec!["given", "text"];
    FieldWord = vec!["product", "issue"];
    SilenceWord = SilenceCode::ALL.iter().map(|word| word.as_str()).collect();
    ReviewWord = vec!["fresh", "due", "overdue", "none"];
    LedgerWord = vec!["away"];
    OutcomeWord = OutcomeKind::ALL.iter().map(|word| word.as_str()).collect();
    ReasonWord = Reason::ALL.iter().map(|word| word.as_str()).collect();
    BalloonWord = BalloonState::ALL.iter().map(|word| word.as_str()).collect();
    PromiseWord = PromiseStands::ALL.iter().map(|word| word.as_str()).collect();
    BasisWord = vec!["popularity", "product", "issue", "first", "pair", "set", "sequence"];
    GapWord = vec!["issue", "search"];
    TipStateWord = TipState::ALL.iter().map(|word| word.as_str()).collect();
    SeverityWord = vec!["error", "warning"];
}

/// A string, an array of strings, or nothing.
pub struct OneOrMany;

impl PartialSchema for OneOrMany {
    fn schema() -> RefOr<Schema> {
        // As `Limits::value_chars` and `Limits::list_items` by default.
        let one = || ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).max_length(Some(512));
        let many = ArrayBuilder::new().items(one()).max_items(Some(20));
        let none = ObjectBuilder::new().schema_type(SchemaType::Type(Type::Null));
        OneOfBuilder::new().item(one()).item(many).item(none).into()
    }
}

impl ToSchema for OneOrMany {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("OneOrMany")
    }
}
