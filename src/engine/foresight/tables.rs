//! The counts: rows of "so many of these customers had that label next", and of the days that passed.
//!
//! Counting is exact in both directions: what was added can be taken away. A copy shares all that is not changed
//! afterwards, so a snapshot costs next to nothing. It knows no meaning of its keys.

use super::cells::{Cells, Turn};
use super::keys::Spread;
use super::labels::Label;
use std::collections::HashMap;
use std::sync::Arc;

/// Parts that are copied by themselves when they change under a snapshot. With 512, one contact (some 30 rows)
/// copies a twentieth of the tables.
const PARTS: usize = 512;

/// One row: how many were counted, and how many of them by label.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    pub of: u32,
    /// Those of them of whom it is known when they were counted from.
    pub timed: u32,
    cells: Cells<Label>,
}

/// Returns of the customers of a row, by label and by the day on which each of them first came back about it: the
/// first day is 1.
pub(super) type Days = [((Label, u16), u32)];

/// What one customer did after a moment, and was told. Days count from 1, the day after the moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Back {
    /// What they came back about within the horizon; at any time where times are not known.
    pub soon: Vec<Label>,
    /// The same with the day, also of what came some weeks later; none where the moment's time is not known.
    pub days: Option<Vec<(Label, u16)>>,
    /// Those of `days` whose issue they had come back about before, with another product; where times are not known,
    /// of `soon`, all with day 0.
    pub twice: Vec<(Label, u16)>,
    /// Issues that a tip was told against before they came back about them, by number, with the day; 0 where that was
    /// by the moment.
    pub told: Vec<(Label, u16)>,
}

#[derive(Clone, Debug, Default)]
struct Part {
    rows: HashMap<u64, Counts, Spread>,
    /// Tenths of days between two contacts.
    lags: HashMap<u64, Cells<u16>, Spread>,
    days: HashMap<u64, Cells<(Label, u16)>, Spread>,
    twice: HashMap<u64, Cells<(Label, u16)>, Spread>,
    told: HashMap<u64, Cells<(Label, u16)>, Spread>,
}

#[derive(Clone, Debug)]
pub(super) struct Tables {
    parts: Vec<Arc<Part>>,
}

impl Default for Tables {
    fn default() -> Self {
        Self { parts: (0..PARTS).map(|_| Arc::new(Part::default())).collect() }
    }
}

impl Tables {
    fn part(&mut self, key: u64) -> &mut Part {
        // The low bits choose the bucket inside a part, so the part goes by others.
        Arc::make_mut(&mut self.parts[(key >> 40) as usize % PARTS])
    }

    pub(super) fn row(&self, key: u64) -> Option<&Counts> {
        self.parts[(key >> 40) as usize % PARTS].rows.get(&key)
    }

    /// Counts one customer, or moment, in `key` with `labels`.
    pub(super) fn count(&mut self, key: u64, labels: &[Label], turn: Turn) {
        let rows = &mut self.part(key).rows;
        let row = rows.entry(key).or_insert(Counts { of: 0, timed: 0, cells: Cells::None });
        turn.on(&mut row.of);
        for label in labels {
            row.cells.count(*label, turn);
        }
        if row.of == 0 {
            rows.remove(&key);
        }
    }

    /// Counts one customer in `key` with what they did afterwards.
    pub(super) fn count_back(&mut self, key: u64, back: &Back, turn: Turn) {
        self.count(key, &back.soon, turn);
        let part = self.part(key);
        count_all(&mut part.twice, key, &back.twice, turn);
        count_all(&mut part.told, key, &back.told, turn);
        let Some(all) = &back.days else { return };
        if let Some(row) = part.rows.get_mut(&key) {
            turn.on(&mut row.timed);
        }
        count_all(&mut part.days, key, all, turn);
    }

    /// When the customers of `key` came back.
    pub(super) fn days(&self, key: u64) -> &Days {
        self.parts[(key >> 40) as usize % PARTS].days.get(&key).map_or(&[], Cells::as_slice)
    }

    /// Those of them that are one customer's second about the same issue.
    pub(super) fn twice(&self, key: u64) -> &Days {
        self.parts[(key >> 40) as usize % PARTS].twice.get(&key).map_or(&[], Cells::as_slice)
    }

    /// Customers of `key` who were told, by the number of the issue, and by the day.
    pub(super) fn told(&self, key: u64) -> &Days {
        self.parts[(key >> 40) as usize % PARTS].told.get(&key).map_or(&[], Cells::as_slice)
    }

    pub(super) fn count_lag(&mut self, key: u64, tenths: u16, turn: Turn) {
        count_all(&mut self.part(key).lags, key, &[tenths], turn);
    }

    /// Median of the days under `key`, to a tenth of a day; the lower one of two in the middle.
    pub(super) fn median_days(&self, key: u64) -> Option<f64> {
        let lags = self.parts[(key >> 40) as usize % PARTS].lags.get(&key)?;
        let lags = lags.as_slice();
        let all: u64 = lags.iter().map(|(_, n)| u64::from(*n)).sum();
        let mut passed = 0;
        lags.iter().find_map(|(tenths, n)| {
            passed += u64::from(*n);
            (passed * 2 >= all).then(|| f64::from(*tenths) / 10.0)
        })
    }
}

/// Counts each of `all` under `key`, which goes with its last one.
fn count_all<K: Copy + Ord>(rows: &mut HashMap<u64, Cells<K>, Spread>, key: u64, all: &[K], turn: Turn) {
    if all.is_empty() {
        return;
    }
    let cells = rows.entry(key).or_insert(Cells::None);
    all.iter().for_each(|one| cells.count(*one, turn));
    if cells.is_empty() {
        rows.remove(&key);
    }
}

impl Counts {
    /// Labels with their counts, by number of the label.
    pub(super) fn cells(&self) -> &[(Label, u32)] {
        self.cells.as_slice()
    }

    pub(super) fn of_label(&self, label: Label) -> u32 {
        self.cells().binary_search_by_key(&label, |(l, _)| *l).map_or(0, |at| self.cells()[at].1)
    }
}
