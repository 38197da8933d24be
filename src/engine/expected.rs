//! How often the issue that a tip prevents follows in its situation, and who says so.

use super::fit::chance;
use crate::tip::Tip;

/// The chance that the prevented issue follows, 0 to 1, with its origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    pub chance: f32,
    pub origin: Source,
}

/// Who says how often an issue follows. What is counted from contacts takes its place beside these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The editor wrote it into the file.
    Editor,
    /// Nobody did: the format's default stands.
    Assumed,
}

/// What is known for `tip`; none where it prevents nothing and is shown on its situation alone.
pub fn expected(tip: &Tip) -> Option<Expected> {
    tip.prevents.as_ref()?;
    let origin = if tip.expected_given { Source::Editor } else { Source::Assumed };
    Some(Expected { chance: chance(tip.expected), origin })
}

/// A chance as people say it: "4 of 10", "1 of 4", "7 of 20", "fewer than 1 of 20". To be put behind "about".
pub(super) fn in_words(value: f32) -> String {
    match (chance(value) * 20.0).round() as u32 {
        0 => "fewer than 1 of 20".to_owned(),
        5 => "1 of 4".to_owned(),
        15 => "3 of 4".to_owned(),
        even if even % 2 == 0 => format!("{} of 10", even / 2),
        odd => format!("{odd} of 20"),
    }
}
