//! What a tip and a section are, and how text becomes one or becomes problems.
//!
//! Pure: no files, no clock, no index. Text comes in, values and problems go out.

// Names and values.
mod code;
mod id;
mod problem;
mod section;
mod source;
mod word;

// A file's text to a draft or a section.
mod body;
mod draft;
mod fence;
mod front;
mod nearest;
mod node;
mod section_file;
mod time_words;
mod toml_front;
mod value;
mod wire;
mod yaml;
mod yaml_fault;

// A draft to a tip.
mod commitment;
mod reading;
mod resolve;
mod substance;

// Many files together, and mending one.
mod compose;
mod links;
mod mend;
mod same;
mod targets;
mod together;
mod view;

// Markdown to text and HTML.
mod address;
mod autolink;
mod html;
mod plain;
mod raw_html;

pub use code::{Code, Severity};
pub use compose::{compose, literal, slug};
pub use draft::{Draft, MAX_FILE_BYTES, MAX_SAY_WORDS, UNWRITTEN, bad_name, decode, parse_tip, too_large};
pub use html::render_html;
pub use id::{IssueId, SectionId, TipId, file_of, id_of, section_of};
pub use links::{Link, LinkKind};
pub use mend::apply_fixes;
pub use nearest::nearest;
pub use plain::plain_text;
pub use problem::{Fix, Problem};
pub use resolve::{DEFAULT_EXPECTED, DEFAULT_LANG, LEAST_EXPECTED, resolve};
pub use section::{Issue, NoProduct, Section, Sections, SeenIssue};
pub use section_file::parse_section;
pub use source::{After, Review, Tip, Wire};
pub use substance::Substance;
pub use targets::link_targets;
pub use together::{check_together, is_alias, same_id};
pub use view::LibraryView;
pub use word::{Audience, Kind, Mood, Stage, Theme};
