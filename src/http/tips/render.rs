//! A tip's detail as HTML.

use crate::http::Shared;
use crate::tip::Tip;

impl Shared {
    /// The detail as HTML that is safe to put into a page.
    pub(in crate::http) fn html(&self, tip: &Tip) -> String {
        crate::tip::render_html(&tip.detail, &tip.id)
    }
}
