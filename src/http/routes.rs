//! The table of everything that is answered.

use super::door::door;
use super::limits::Limits;
use super::options::Options;
use super::problem::{Kind, Problem};
use super::shared::Shared;
use super::{check, issues, ledger, library, live, openapi, operate, pages, products, search, suggest, tips};
use crate::app::App;
use axum::Router;
use axum::http::Uri;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use std::sync::{Arc, OnceLock};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The public API: what the OpenAPI document describes.
fn api() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::with_openapi(openapi::base())
        .routes(routes!(suggest::get::get_suggest, suggest::post::post_suggest))
        .routes(routes!(search::get::search))
        .routes(routes!(tips::list::list_tips))
        .routes(routes!(tips::read::get_tip, tips::put::put_tip, tips::delete::delete_tip))
        .routes(routes!(products::list::list_products))
        .routes(routes!(issues::list::list_issues))
        .routes(routes!(library::facts::get_library))
        .routes(routes!(library::problems::list_problems))
        .routes(routes!(library::work::get_work))
        .routes(routes!(check::post::check_text))
        .routes(routes!(live::stream::live))
        .routes(routes!(ledger::outcomes::record_outcome))
        .routes(routes!(ledger::outcomes::withdraw_outcome))
        .routes(routes!(ledger::contacts::record_contacts))
        .routes(routes!(ledger::foresight::get_foresight))
        .routes(routes!(ledger::gaps::list_gaps))
        .routes(routes!(ledger::balloons::list::list_balloons, ledger::balloons::give::give_balloon))
        .routes(routes!(ledger::balloons::read::get_balloon))
        .routes(routes!(ledger::balloons::decide::acknowledge_balloon))
        .routes(routes!(ledger::balloons::decide::adopt_balloon))
        .routes(routes!(ledger::balloons::decide::decline_balloon))
        .routes(routes!(ledger::balloons::decide::merge_balloon))
        .routes(routes!(ledger::promises::list_promises, ledger::promises::make_promise))
        .routes(routes!(ledger::promises::keep_promise))
        .routes(routes!(ledger::promises::break_promise))
        .routes(routes!(ledger::promises::reopen_promise))
        .routes(routes!(ledger::pulse::get_pulse))
        .routes(routes!(ledger::evidence::get_evidence))
        .routes(routes!(ledger::flags::list_flags))
        .routes(routes!(ledger::flags::clear_flags))
        .routes(routes!(operate::health::healthz))
        .routes(routes!(operate::ready::readyz))
        .routes(routes!(operate::metrics::metrics))
        .routes(routes!(openapi::openapi))
}

/// The OpenAPI document of a server that nobody has set limits of, made once.
pub fn document() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| openapi::text(api().get_openapi(), &Limits::default()))
}

/// The OpenAPI document of a server with these limits.
fn document_with(limits: &Limits) -> Arc<str> {
    match *limits == Limits::default() {
        true => Arc::from(document()),
        false => Arc::from(openapi::text(api().get_openapi(), limits)),
    }
}

/// The pages, for people.
fn pages() -> Router<Arc<Shared>> {
    pages::views()
        .route("/assets/{*path}", get(pages::asset::asset))
        .route("/problems", get(pages::problem::problems))
        .route("/problems/{code}", get(pages::problem::problem))
        .route("/t/{*id}", get(pages::tip::tip))
        .route("/files/{*path}", get(pages::file::file))
}

/// Everything that is answered, behind the one door.
pub fn router(app: Arc<App>, options: Options) -> Router {
    let document = document_with(&options.limits);
    let shared = Arc::new(Shared::new(app, options, document));
    let large = SizeAbove::new(shared.limits.compress_bytes).and(NotForContentType::SSE).and(NotForContentType::IMAGES);
    let (api, _) = api().split_for_parts();
    api.merge(pages())
        .fallback(nothing_here)
        .method_not_allowed_fallback(not_this_way)
        .layer(CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest).compress_when(large))
        .layer(from_fn_with_state(shared.clone(), door))
        .with_state(shared)
}

async fn nothing_here(uri: Uri) -> Problem {
    let shown: String = uri.path().chars().take(200).collect();
    Problem::new(Kind::NotFound, format!("There is nothing at {shown}. /docs lists what there is."))
}

async fn not_this_way() -> Problem {
    Problem::new(Kind::MethodNotAllowed, "The Allow header says which methods this address takes.")
}
