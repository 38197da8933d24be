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

impl Rendered {
    pub fn new(most: u64) -> Self {
        Self(Cache::new(usize::try_from(most).unwrap_or(usize::MAX)))
    }

    pub fn html(&self, tip: &Tip) -> Html {
        let mut hasher = DefaultHasher::new();
        tip.detail.hash(&mut hasher);
        let key = (tip.id.clone(), hasher.finish());
        self.0.get(&key).unwrap_or_else(|| {
            let html = Html(Arc::from(render_html(&tip.detail, &tip.id)));
            self.0.insert(key, html.clone());
            html
        })
    }
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
