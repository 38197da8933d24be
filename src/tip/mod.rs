//! What a tip and a section are, and how text becomes one or becomes problems.
//!
//! Pure: no files, no clock, no index. Text comes in, values and problems go out.

mod id;
mod problem;
mod section;
mod source;
mod word;

pub use id::{IssueId, SectionId, TipId};
pub use problem::{Code, Fix, Problem, Severity};
pub use section::{Issue, Section, Sections};
pub use source::{After, Review, Tip, Wire};
pub use word::{Audience, Kind, Mood, Stage, Theme};

/// Shim until the format lands.
pub fn render_html(markdown: &str, _base: &TipId) -> String {
    format!("<pre>{}</pre>", markdown.replace('&', "&amp;").replace('<', "&lt;"))
}
impl Code {
    pub const ALL: &'static [Code] = &[Code::FrontMatter];
    pub fn explain(self) -> &'static str {
        "# shim"
    }
}
