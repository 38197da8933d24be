//! Every limit of the HTTP API: its name, its default, the most it may be set to, and why.
//!
//! Plain values: `main` fills them from the configuration; nothing here reads one.

use std::time::Duration;

/// Declares the limits once: field, default, maximum, reason.
macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident: $default:expr, max $most:expr;)+) => {
        /// What the server takes at most. `Limits::default()` is meant for one team on one machine.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Limits { $($(#[$doc])* pub $name: u64),+ }

        impl Default for Limits {
            fn default() -> Self { Self { $($name: $default),+ } }
        }

        impl Limits {
            /// Name, default and maximum of each limit, in the order of this file: for documents and settings.
            pub const ALL: &'static [(&'static str, u64, u64)] = &[$((stringify!($name), $default, $most)),+];

            /// Sets one limit by name.
            ///
            /// # Errors
            /// A sentence, where there is no such limit or the value is 0 or over its maximum.
            pub fn set(&mut self, name: &str, value: u64) -> Result<(), String> {
                match name {
                    $(stringify!($name) => {
                        if value == 0 || value > $most {
                            return Err(format!("{name} must be between 1 and {}", $most));
                        }
                        self.$name = value;
                        Ok(())
                    })+
                    _ => Err(format!("there is no limit {name:?}")),
                }
            }
        }
    };
}

limits! {
    /// Connections open at once; further ones wait in the system's queue. Browsers hold six each. Fewer where the system
    /// allows too few open files; a warning says so at the start.
    connections: 1024, max 65_536;
    /// Requests answered at once; further ones get 503 `overloaded`. An answer takes less than a millisecond, so
    /// more than this at once means that something is stuck.
    requests_at_once: 256, max 65_536;
    /// Open `/v1/live` streams.
    live_streams: 256, max 16_384;
    /// Seconds for the request's head to arrive, and for an idle connection to send another.
    head_seconds: 30, max 600;
    /// Seconds for a body to arrive: 408 `request-timeout` after that.
    body_seconds: 15, max 600;
    /// Seconds for an answer to be made: 503 `too-slow` after that; a write goes on. Checking a large library is the
    /// slowest. `POST /v1/contacts` is not bound by it.
    answer_seconds: 30, max 600;
    /// Seconds for a caller to take more of an answer: the connection ends after that. As long as an idle one may be.
    taking_seconds: 30, max 600;
    /// Seconds that a stopping server waits for answers under way.
    shutdown_seconds: 10, max 600;
    /// Bytes of a request's head, all headers together, at least 8192, which the HTTP library needs: it answers a head
    /// that is well over this with 431, and one of more than 100 headers.
    head_bytes: 32_768, max 1_048_576;
    /// Bytes of a query string: 414 over that. A whole chat belongs in `POST /v1/suggest`.
    query_bytes: 16_384, max 65_536;
    /// Bytes of a JSON body.
    json_bytes: 262_144, max 16_777_216;
    /// Bytes of contacts sent at once: some 250,000 rows. A longer file is sent in parts, or read by `stemwire learn`.
    contacts_bytes: 16_777_216, max 1_073_741_824;
    /// Bytes of a tip's text sent to be saved or checked.
    tip_bytes: 1_048_576, max 16_777_216;
    /// Characters of `text`: a pasted chat of 2,000 words has some 12,000.
    text_chars: 20_000, max 200_000;
    /// Characters of a search.
    search_chars: 500, max 10_000;
    /// Characters of any other single value: an id, a name, a cursor.
    value_chars: 512, max 4_096;
    /// Values in a list such as `product` or `issue`.
    list_items: 20, max 200;
    /// Tips in `told`.
    told_items: 1_000, max 100_000;
    /// Facts in `occasions`.
    occasion_items: 50, max 1_000;
    /// `limit` of suggest where none is given, and the most that may be asked for.
    suggest_default: 4, max 20;
    suggest_most: 20, max 20;
    /// `limit` of search.
    search_default: 10, max 100;
    search_most: 100, max 1_000;
    /// `limit` of foresight.
    foresight_default: 5, max 50;
    foresight_most: 50, max 50;
    /// `limit` of the lists: tips, products, issues, problems.
    list_default: 100, max 1_000;
    list_most: 1_000, max 10_000;
    /// Idempotency keys that the server remembers, beside those of what the ledger records; the oldest is forgotten first.
    idempotency_keys: 1_000, max 100_000;
    /// Seconds for which it remembers such a key: a day, as long as a queue of retries may lie.
    idempotency_seconds: 86_400, max 604_800;
    /// Bytes an answer must have before it is compressed. Eight KB shrink to less than half in 0.08 ms of CPU; below
    /// this, that is more than a fast network takes to carry what it saves.
    compress_bytes: 4_096, max 1_073_741_824;
    /// Events of `/v1/live` that wait for one slow reader before it is told to start anew.
    live_waiting: 64, max 4_096;
    /// Tips whose HTML is kept ready, some 2 KB each: making it costs more than finding the tip.
    rendered_tips: 2_000, max 1_000_000;
}

impl Limits {
    pub(super) fn body_time(&self) -> Duration {
        Duration::from_secs(self.body_seconds)
    }

    pub(super) fn answer_time(&self) -> Duration {
        Duration::from_secs(self.answer_seconds)
    }
}

/// Whatever has limits: so that reading a request needs to know nothing else.
pub(super) trait Limited {
    fn limits(&self) -> &Limits;
}
