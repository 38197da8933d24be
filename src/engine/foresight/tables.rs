//! The counts: rows of "so many of these customers had that label next", and of the days that passed.
//!
//! Counting is exact in both directions: what was added can be taken away. A copy shares all that is not changed
//! afterwards, so a snapshot costs next to nothing. It knows no meaning of its keys.

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
    cells: Cells,
}

/// Most rows of rare histories hold one label; those need no allocation. Several are kept in the order of their numbers.
#[derive(Clone, Debug)]
enum Cells {
    None,
    One((Label, u32)),
    Many(Vec<(Label, u32)>),
}

/// Days between two contacts in tenths, each with how often: sorted.
type Lags = Vec<(u16, u32)>;

#[derive(Clone, Debug, Default)]
struct Part {
    rows: HashMap<u64, Counts, Spread>,
    lags: HashMap<u64, Lags, Spread>,
}

#[derive(Clone, Debug)]
pub(super) struct Tables {
    parts: Vec<Arc<Part>>,
}

/// Add to the counts, or take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Add,
    Take,
}

impl Turn {
    fn on(self, count: &mut u32) {
        *count = match self {
            Turn::Add => count.saturating_add(1),
            Turn::Take => count.saturating_sub(1),
        };
    }
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
        let row = rows.entry(key).or_insert(Counts { of: 0, cells: Cells::None });
        turn.on(&mut row.of);
        for label in labels {
            row.cells.count(*label, turn);
        }
        if row.of == 0 {
            rows.remove(&key);
        }
    }

    pub(super) fn count_lag(&mut self, key: u64, tenths: u16, turn: Turn) {
        let lags = &mut self.part(key).lags;
        let all = lags.entry(key).or_default();
        match all.binary_search_by_key(&tenths, |(t, _)| *t) {
            Ok(at) => {
                turn.on(&mut all[at].1);
                if all[at].1 == 0 {
                    all.remove(at);
                }
            }
            Err(at) if turn == Turn::Add => all.insert(at, (tenths, 1)),
            Err(_) => {}
        }
        if all.is_empty() {
            lags.remove(&key);
        }
    }

    /// Median of the days under `key`, to a tenth of a day; the lower one of two in the middle.
    pub(super) fn median_days(&self, key: u64) -> Option<f64> {
        let lags = self.parts[(key >> 40) as usize % PARTS].lags.get(&key)?;
        let all: u64 = lags.iter().map(|(_, n)| u64::from(*n)).sum();
        let mut passed = 0;
        lags.iter().find_map(|(tenths, n)| {
            passed += u64::from(*n);
            (passed * 2 >= all).then(|| f64::from(*tenths) / 10.0)
        })
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

impl Cells {
    fn as_slice(&self) -> &[(Label, u32)] {
        match self {
            Cells::None => &[],
            Cells::One(cell) => std::slice::from_ref(cell),
            Cells::Many(all) => all,
        }
    }

    fn count(&mut self, label: Label, turn: Turn) {
        match self {
            Cells::None if turn == Turn::Add => *self = Cells::One((label, 1)),
            Cells::None => {}
            Cells::One(cell) if cell.0 == label => {
                turn.on(&mut cell.1);
                if cell.1 == 0 {
                    *self = Cells::None;
                }
            }
            Cells::One(cell) if turn == Turn::Add => {
                let other = *cell;
                let both = if other.0 < label { vec![other, (label, 1)] } else { vec![(label, 1), other] };
                *self = Cells::Many(both);
            }
            Cells::One(_) => {}
            Cells::Many(all) => match all.binary_search_by_key(&label, |(l, _)| *l) {
                Ok(at) => {
                    turn.on(&mut all[at].1);
                    if all[at].1 == 0 {
                        all.remove(at);
                    }
                }
                Err(at) if turn == Turn::Add => all.insert(at, (label, 1)),
                Err(_) => {}
            },
        }
    }
}
