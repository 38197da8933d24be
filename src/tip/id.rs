//! Names of things: tips, sections and issues.
//!
//! All three are cheap to clone and compare as text. They say nothing about whether the thing exists.

use std::fmt;
use std::sync::Arc;

/// A tip's id: the path of its file below the library without `.md`, with `/` between parts.
/// Letters of any script, digits, `-`, `_`, `/`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TipId(Arc<str>);

/// A section's id: the path of its folder below the library. The root's is the empty text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SectionId(Arc<str>);

/// An issue's full id: `section:name`; plain `name` where the root section defines it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssueId(Arc<str>);

macro_rules! text_id {
    ($name:ident) => {
        impl $name {
            /// Takes the text as it is; see `valid` for what a well-formed one looks like.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(Arc::from(text.as_ref()))
            }
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}
text_id!(TipId);
text_id!(SectionId);
text_id!(IssueId);

/// A part of an id is a file's or a folder's name, of which usual disks take 255 bytes; `.md` takes three of them.
const MAX_PART_BYTES: usize = 252;

impl TipId {
    /// True for a non-empty id of non-empty parts made of letters and digits of any script,
    /// combining marks, `-` and `_`, none too long for a file's name. Such an id can never leave the library.
    pub fn valid(text: &str) -> bool {
        !text.is_empty()
            && text.len() <= 512
            && text.split('/').all(|part| {
                let fits = !part.is_empty() && part.len() <= MAX_PART_BYTES;
                fits && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_' || is_mark(c))
            })
    }

    /// The same id with its letters composed (NFC), as `id_of` makes them.
    pub fn composed(&self) -> TipId {
        TipId::new(composed(&self.0))
    }

    /// The section in which the tip's file lies.
    pub fn section(&self) -> SectionId {
        SectionId::new(self.0.rsplit_once('/').map_or("", |(folder, _)| folder))
    }
}

/// Combining marks that letters of many scripts need (Devanagari vowel signs, for one).
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

impl SectionId {
    pub fn root() -> Self {
        Self::default()
    }

    /// The section above; none above the root.
    pub fn parent(&self) -> Option<SectionId> {
        if self.0.is_empty() {
            return None;
        }
        Some(SectionId::new(self.0.rsplit_once('/').map_or("", |(above, _)| above)))
    }

    /// The last part of the id: the folder's own name.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// True where `self` is `other` or lies above it.
    pub fn contains(&self, other: &SectionId) -> bool {
        self.0.is_empty()
            || self.0 == other.0
            || other.0.strip_prefix(&*self.0).is_some_and(|rest| rest.starts_with('/'))
    }
}

impl IssueId {
    /// The issue `name` as `section` defines it.
    pub fn of(section: &SectionId, name: &str) -> Self {
        if section.as_str().is_empty() { Self::new(name) } else { Self::new(format!("{section}:{name}")) }
    }

    pub fn section(&self) -> SectionId {
        SectionId::new(self.0.rsplit_once(':').map_or("", |(section, _)| section))
    }

    /// The short form: the name without its section.
    pub fn name(&self) -> &str {
        self.0.rsplit(':').next().unwrap_or_default()
    }
}

/// The id of the tip in `file`, a path below the library: the path without `.md`, composed (NFC). None for section
/// files and for paths that cannot be an id.
pub fn id_of(file: &str) -> Option<TipId> {
    let path = file.strip_suffix(".md")?;
    if path == SECTION_STEM || path.ends_with("/_index") {
        return None;
    }
    let id = composed(path);
    TipId::valid(&id).then(|| TipId::new(id))
}

/// The path below the library at which a new tip with this id is written.
pub fn file_of(id: &TipId) -> String {
    format!("{id}.md")
}

/// The section that `file` describes, where it is an `_index.md`.
pub fn section_of(file: &str) -> Option<SectionId> {
    let folder = match file.strip_suffix("_index.md")? {
        "" => return Some(SectionId::root()),
        above => above.strip_suffix('/')?,
    };
    let id = composed(folder);
    TipId::valid(&id).then(|| SectionId::new(id))
}

/// The stem of the file that says what its folder is about.
const SECTION_STEM: &str = "_index";

/// Some systems store names decomposed; ids compare as people read them.
fn composed(path: &str) -> std::borrow::Cow<'_, str> {
    use unicode_normalization::UnicodeNormalization;
    if path.is_ascii() { path.into() } else { path.nfc().collect::<String>().into() }
}

/// A path near `file` that can be an id: what does not fit becomes `-`.
pub(super) fn proposed(file: &str) -> Option<String> {
    let path = file.strip_suffix(".md").unwrap_or(file);
    let fit = |part: &str| {
        let fitting: String =
            part.chars().map(|c| if TipId::valid(c.encode_utf8(&mut [0; 4])) { c } else { '-' }).collect();
        fitting.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
    };
    let parts: Vec<String> = path.split('/').map(fit).filter(|part| !part.is_empty()).collect();
    let id = parts.join("/");
    TipId::valid(&id).then(|| format!("{id}.md"))
}
