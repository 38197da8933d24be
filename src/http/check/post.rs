//! `POST /v1/check`: the text of a tip, as JSON with its id or as it is.

use crate::http::answer::Answer;
use crate::http::limits::Limits;
use crate::http::problem::{Kind, Problem};
use crate::http::request::{Fields, Query, is_json, json_fields, media_type, text_body};
use crate::http::shapes::{FindingPage, FindingWire, TipWire};
use crate::http::shared::Shared;
use axum::extract::{Request, State};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A tip that is not saved.
#[derive(ToSchema)]
pub(in crate::http) struct CheckRequest {
    /// The id it would be saved under: decides the sections that it inherits from.
    #[schema(max_length = 512, default = "unsaved", example = "flowers/gerbera/wire")]
    id: Option<String>,
    /// The file's text.
    #[schema(example = "# What do I do when my gerberas droop?\n\nCoil a little wire round the stem.\n")]
    text: String,
}

/// What was found, and what would be served.
#[derive(Serialize, ToSchema)]
struct Tried<'a> {
    #[serde(flatten)]
    findings: FindingPage<'a>,
    /// The tip as it would be served; null where the text has errors that leave none.
    #[schema(required)]
    tip: Option<TipWire<'a>>,
}

/// The id of a text that comes without one: a tip at the library's root.
const UNSAVED: &str = "unsaved";

impl CheckRequest {
    fn from_json(mut fields: Fields, id: Option<String>, limits: &Limits) -> Result<Self, Problem> {
        let id = fields.text("id", limits.value_chars).or(id);
        let text = fields.raw_text("text");
        fields.finish()?;
        Ok(Self { id, text })
    }

    async fn read(shared: &Shared, mut query: Fields, request: Request) -> Result<Self, Problem> {
        let id = query.text("id", shared.limits.value_chars);
        query.finish()?;
        if is_json(&media_type(request.headers())) {
            // JSON writes some characters of a text as six.
            let fields = json_fields(request, &shared.limits, shared.limits.tip_bytes.saturating_mul(6)).await?;
            let read = Self::from_json(fields, id, &shared.limits)?;
            return match read.text.len() as u64 > shared.limits.tip_bytes {
                true => Err(Problem::new(
                    Kind::BodyTooLarge,
                    format!("A tip has at most {} bytes.", shared.limits.tip_bytes),
                )),
                false => Ok(read),
            };
        }
        Ok(Self { id, text: text_body(request, &shared.limits).await? })
    }
}

/// What `stemwire check` would find in a text
///
/// Nothing is saved. The answer holds the tip as it would be served, too. Send JSON, or the text itself as `text/markdown` with `?id=`.
#[utoipa::path(post, path = "/v1/check", tag = "library", operation_id = "check_text",
    params(("id" = Option<String>, Query, description = "The id it would be saved under, where the body does not say",
        example = "flowers/gerbera/wire")),
    request_body(content((CheckRequest = "application/json"), (String = "text/markdown"))),
    responses((status = 200, description = "The findings; none where the text is clean", body = Tried)))]
pub async fn check_text(
    State(shared): State<Arc<Shared>>,
    Query(fields): Query,
    request: Request,
) -> Result<Answer, Problem> {
    let CheckRequest { id, text } = CheckRequest::read(&shared, fields, request).await?;
    let (app, id) = (shared.app.clone(), id.unwrap_or_else(|| UNSAVED.to_owned()));
    let work = tokio::task::spawn_blocking(move || (app.try_text(&id, &text), text));
    let ((findings, tip), text) = work.await.map_err(Problem::internal)?;
    let tip = tip.map(Arc::new);
    shared.render(&tip).await;
    let items = findings.iter().map(|finding| FindingWire::new(&shared, finding, &text)).collect();
    let tip = tip.as_ref().map(|tip| TipWire::new(&shared, tip));
    Ok(Answer::json(&Tried { findings: FindingPage::new(items, None, findings.iter()), tip }))
}
