//! Lists that are read a page at a time: a cursor names the last row that was seen, so that new rows move nothing.

use super::error::LedgerError;

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// The cursor of the next page; none where this is the last.
    pub next: Option<String>,
}

/// Where to go on: after this time and, within it, this id.
pub(super) struct After {
    pub(super) at_ms: i64,
    pub(super) id: String,
}

impl After {
    /// Without a cursor: from the beginning.
    /// # Errors
    /// `Refused` where it is no cursor of ours.
    pub(super) fn read(cursor: Option<&str>) -> Result<After, LedgerError> {
        let Some(cursor) = cursor else { return Ok(After { at_ms: i64::MIN, id: String::new() }) };
        let parts = cursor.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned())));
        let (at_ms, id) = parts.ok_or_else(|| LedgerError::Refused("this is no cursor of this list".to_owned()))?;
        Ok(After { at_ms, id })
    }
}

impl<T> Page<T> {
    /// Of rows that were asked for with one more than `limit`, which tells that there is a next page.
    pub(super) fn of(mut items: Vec<T>, limit: u32, place: impl Fn(&T) -> (i64, &str)) -> Page<T> {
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let next = items.last().filter(|_| more).map(|last| {
            let (at_ms, id) = place(last);
            format!("{at_ms}.{id}")
        });
        Page { items, next }
    }
}
