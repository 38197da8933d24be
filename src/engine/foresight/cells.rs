//! Numbers under keys that are mostly few: none, one, or a list in the order of the keys.
//!
//! Most rows of rare histories hold one; those need no allocation.

/// Add to the counts, or take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Add,
    Take,
}

impl Turn {
    pub(super) fn on(self, count: &mut u32) {
        *count = match self {
            Turn::Add => count.saturating_add(1),
            Turn::Take => count.saturating_sub(1),
        };
    }
}

/// Counts above 0, each under its key.
#[derive(Clone, Debug)]
pub(super) enum Cells<K> {
    None,
    One((K, u32)),
    Many(Vec<(K, u32)>),
}

impl<K: Copy + Ord> Cells<K> {
    /// All of them, in the order of their keys.
    pub(super) fn as_slice(&self) -> &[(K, u32)] {
        match self {
            Cells::None => &[],
            Cells::One(cell) => std::slice::from_ref(cell),
            Cells::Many(all) => all,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    pub(super) fn count(&mut self, key: K, turn: Turn) {
        match self {
            Cells::None if turn == Turn::Add => *self = Cells::One((key, 1)),
            Cells::None => {}
            Cells::One(cell) if cell.0 == key => {
                turn.on(&mut cell.1);
                if cell.1 == 0 {
                    *self = Cells::None;
                }
            }
            Cells::One(cell) if turn == Turn::Add => {
                let other = *cell;
                let both = if other.0 < key { vec![other, (key, 1)] } else { vec![(key, 1), other] };
                *self = Cells::Many(both);
            }
            Cells::One(_) => {}
            Cells::Many(all) => match all.binary_search_by_key(&key, |(k, _)| *k) {
                Ok(at) => {
                    turn.on(&mut all[at].1);
                    if all[at].1 == 0 {
                        all.remove(at);
                    }
                }
                Err(at) if turn == Turn::Add => all.insert(at, (key, 1)),
                Err(_) => {}
            },
        }
    }
}
