//! Where a page ended, as text that a client hands back: the last tip with its points and its rank.

use super::{IndexError, Search};

/// First byte of every cursor: raised when the rest changes.
const VERSION: u8 = 2;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// What was searched for: pages of another search begin elsewhere.
    pub asked: u32,
    pub points: u32,
    /// How many tips the pages so far showed.
    pub rank: u32,
    pub key: String,
}

impl Cursor {
    /// What a search looks for, whichever page of it is wanted.
    pub fn asked(search: &Search) -> u32 {
        let of = (&search.text, &search.products, &search.issues, &search.tags, search.kind);
        let hash = blake3::hash(format!("{of:?}").as_bytes());
        let [a, b, c, d, ..] = *hash.as_bytes();
        u32::from_le_bytes([a, b, c, d])
    }

    pub fn write(&self) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend(self.asked.to_le_bytes());
        bytes.extend(self.points.to_le_bytes());
        bytes.extend(self.rank.to_le_bytes());
        bytes.extend(self.key.as_bytes());
        bytes.extend(&blake3::hash(&bytes).as_bytes()[..4]);
        bytes.iter().map(|b| format!("{b:02x}")).collect()
    }

    /// # Errors
    /// `Cursor` for anything that `write` did not make.
    pub fn read(text: &str) -> Result<Self, IndexError> {
        Self::decode(text).ok_or(IndexError::Cursor)
    }

    fn decode(text: &str) -> Option<Self> {
        if !text.is_ascii() || !text.len().is_multiple_of(2) || text.len() > 4_096 {
            return None;
        }
        let bytes: Option<Vec<u8>> =
            (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok()).collect();
        let bytes = bytes?;
        let (body, check) = bytes.split_at_checked(bytes.len().checked_sub(4)?)?;
        if blake3::hash(body).as_bytes()[..4] != *check || *body.first()? != VERSION {
            return None;
        }
        let number = |at: usize| Some(u32::from_le_bytes(body.get(at..at + 4)?.try_into().ok()?));
        let key = String::from_utf8(body.get(13..)?.to_vec()).ok()?;
        Some(Cursor { asked: number(1)?, points: number(5)?, rank: number(9)?, key })
    }
}
