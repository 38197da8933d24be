//! Details of tips as HTML, kept ready: most answers show the same tips again and again.

use crate::tip::{Tip, TipId, render_html};
use quick_cache::sync::Cache;
use serde::{Serialize, Serializer};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// HTML that is safe to put into a page.
#[derive(Clone)]
pub(super) struct Html(Arc<str>);

/// The last tips that were shown, each version for itself.
pub(super) struct Rendered(Cache<(TipId, u64), Html>);

/// Bytes of markdown that are made into HTML within a millisecond, as most answers are made.
const LONG_BYTES: usize = 32_768;

impl Rendered {
    pub fn new(most: u64) -> Self {
        Self(Cache::new(usize::try_from(most).unwrap_or(usize::MAX)))
    }

    /// True where making the HTML of these tips would hold up a thread that answers others.
    pub fn take_long<'t>(&self, tips: impl IntoIterator<Item = &'t Tip>) -> bool {
        let bytes = tips.into_iter().map(|tip| match tip.detail.len() {
            bytes if bytes > 0 && self.0.peek(&key(tip)).is_none() => bytes,
            _ => 0,
        });
        bytes.sum::<usize>() > LONG_BYTES
    }

    pub fn html(&self, tip: &Tip) -> Html {
        let key = key(tip);
        self.0.get(&key).unwrap_or_else(|| {
            let html = Html(Arc::from(render_html(&tip.detail, &tip.id)));
            self.0.insert(key, html.clone());
            html
        })
    }
}

fn key(tip: &Tip) -> (TipId, u64) {
    let mut hasher = DefaultHasher::new();
    tip.detail.hash(&mut hasher);
    (tip.id.clone(), hasher.finish())
}

impl AsRef<str> for Html {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
