//! The one table of problem codes: slug, status, title. Each slug has a page in `docs/http-problems`.

use axum::http::StatusCode;

macro_rules! kinds {
    ($($name:ident = $slug:literal, $status:ident, $title:literal;)+) => {
        /// A kind of problem; its slug is the last part of its `type` and never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind { $($name),+ }

        impl Kind {
            pub const ALL: &'static [Kind] = &[$(Kind::$name),+];

            pub fn slug(self) -> &'static str {
                match self { $(Kind::$name => $slug),+ }
            }

            pub fn status(self) -> StatusCode {
                match self { $(Kind::$name => StatusCode::$status),+ }
            }

            /// The same for every occurrence.
            pub fn title(self) -> &'static str {
                match self { $(Kind::$name => $title),+ }
            }
        }
    };
}

kinds! {
    InvalidQuery = "invalid-query", BAD_REQUEST, "The query string cannot be used";
    InvalidBody = "invalid-body", BAD_REQUEST, "The body cannot be read";
    InvalidHeader = "invalid-header", BAD_REQUEST, "A header cannot be used";
    InvalidId = "invalid-id", BAD_REQUEST, "This cannot be a tip's id";
    HostNotAllowed = "host-not-allowed", FORBIDDEN, "The server does not answer under this host name";
    OriginNotAllowed = "origin-not-allowed", FORBIDDEN, "Other web pages may not call this server";
    NotFound = "not-found", NOT_FOUND, "There is nothing at this address";
    TipNotFound = "tip-not-found", NOT_FOUND, "There is no such tip";
    MethodNotAllowed = "method-not-allowed", METHOD_NOT_ALLOWED, "This address does not take this method";
    NotAcceptable = "not-acceptable", NOT_ACCEPTABLE, "None of the types you accept can be given";
    RequestTimeout = "request-timeout", REQUEST_TIMEOUT, "The body did not arrive in time";
    IdempotencyKeyBusy = "idempotency-key-busy", CONFLICT, "The first request with this key is still under way";
    Decided = "decided", CONFLICT, "It was decided otherwise before";
    PreconditionFailed = "precondition-failed", PRECONDITION_FAILED, "The tip is not as you last saw it";
    BodyTooLarge = "body-too-large", PAYLOAD_TOO_LARGE, "The body is too large";
    QueryTooLong = "query-too-long", URI_TOO_LONG, "The query string is too long";
    WrongContentType = "wrong-content-type", UNSUPPORTED_MEDIA_TYPE, "The body is of a type this address does not take";
    InvalidFields = "invalid-fields", UNPROCESSABLE_ENTITY, "Fields of the body cannot be used";
    TipHasErrors = "tip-has-errors", UNPROCESSABLE_ENTITY, "The tip has errors and was not saved";
    IdempotencyKeyReused = "idempotency-key-reused", UNPROCESSABLE_ENTITY, "This key belongs to another request";
    PreconditionRequired = "precondition-required", PRECONDITION_REQUIRED, "Say which version you are replacing";
    Internal = "internal", INTERNAL_SERVER_ERROR, "Something failed on our side";
    NotReady = "not-ready", SERVICE_UNAVAILABLE, "The library is not served yet";
    LibraryAway = "library-away", SERVICE_UNAVAILABLE, "The library is away";
    LibraryFull = "library-full", SERVICE_UNAVAILABLE, "The library's disk is full";
    LibraryReadOnly = "library-read-only", SERVICE_UNAVAILABLE, "The library cannot be written";
    LedgerAway = "ledger-away", SERVICE_UNAVAILABLE, "The ledger cannot be reached";
    LedgerFull = "ledger-full", SERVICE_UNAVAILABLE, "The ledger is full";
    Overloaded = "overloaded", SERVICE_UNAVAILABLE, "Too many requests at once";
    TooSlow = "too-slow", SERVICE_UNAVAILABLE, "The answer took too long";
}
