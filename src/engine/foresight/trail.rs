//! The issues a customer had, in their order and each once, as the keys under which they are counted.
//!
//! Counting and asking build the same keys here, so that what is asked is what was counted.

use super::history::Visit;
use super::keys::{Row, of_order, of_set, paired};
use super::labels::{Label, Labels};

/// Longest history whose exact set or order is counted: longer ones hardly ever come twice.
const EXACT: usize = 6;

/// Issues of a customer that are counted together with others, from the first, and in groups of how many at most. Their
/// number grows with the cube, and four groups of three say as much as one of five.
const TOGETHER: usize = 8;
const GROUP: usize = 3;

/// From this many issues on, "so many" is one bucket.
const MANY: usize = 4;

/// One issue that the customer had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// None where no contact was ever about it.
    pub label: Option<Label>,
    pub mark: u64,
    pub product: u64,
}

impl Step {
    pub(super) fn of(label: Label, labels: &Labels) -> Self {
        let known = labels.get(label);
        Self { label: Some(label), mark: known.mark, product: known.product }
    }
}

/// The issues that one customer had, each once, from the moment they first came.
#[derive(Clone, Debug)]
pub(super) struct Trail {
    steps: Vec<Step>,
    /// For each, how many came before it. What came at one moment has the same before it.
    before: Vec<usize>,
}

impl Trail {
    /// Of `firsts`: the places where issues first came among the customer's `visits`.
    pub(super) fn of(firsts: &[(usize, Label)], visits: &[Visit], labels: &Labels) -> Self {
        let mut before: Vec<usize> = Vec::with_capacity(firsts.len());
        for (nth, (at, _)) in firsts.iter().enumerate() {
            let same = nth > 0 && visits[firsts[nth - 1].0].place() == visits[*at].place();
            before.push(if same { before[nth - 1] } else { nth });
        }
        Self { steps: firsts.iter().map(|(_, label)| Step::of(*label, labels)).collect(), before }
    }

    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What the customer had before the one at `at`.
    pub(super) fn before(&self, at: usize) -> &[Step] {
        &self.steps[..self.before[at]]
    }

    /// True where the first `size` are all that the customer had at some time: no moment is cut in two.
    pub(super) fn is_whole(&self, size: usize) -> bool {
        self.before.get(size).is_none_or(|before| *before == size)
    }

    /// True where each of the first `size` came at a moment of its own, so that they have an order.
    pub(super) fn is_in_order(&self, size: usize) -> bool {
        self.before[..size].iter().enumerate().all(|(at, before)| at == *before)
    }

    /// True where the last two of the first `size` came each at a moment of its own, one right after the other.
    pub(super) fn is_in_order_at_last(&self, size: usize) -> bool {
        size > 1 && self.is_whole(size) && (size - 2..size).all(|at| at == self.before[at])
    }

    /// The keys of what follows the first `size`, which are whole and not none. Where several came last, each of them is
    /// the last one; and what came at one moment is counted in no order.
    fn next_keys(&self, size: usize) -> Vec<u64> {
        if self.is_in_order(size) {
            return next_keys(&self.steps[..size]).all().collect();
        }
        let mut steps = self.steps[..size].to_vec();
        let (from, end) = (self.before[size - 1], size - 1);
        // Those without an order are two at least.
        let two_in_order = from == end && self.before[end - 1] == end - 1;
        let mut keys: Vec<u64> = Vec::new();
        for last in from..size {
            steps.swap(last, end);
            let all = next_keys(&steps);
            keys.extend(NextKeys { order: None, two: all.two.filter(|_| two_in_order), ..all }.all());
            steps.swap(last, end);
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Calls `each` with every issue that came after others, and with each key of what was before it.
    pub(super) fn followed(&self, mut each: impl FnMut(u64, Label)) {
        for (at, step) in self.steps.iter().enumerate() {
            if let (Some(next), size @ 1..) = (step.label, self.before[at]) {
                self.next_keys(size).into_iter().for_each(|key| each(key, next));
            }
        }
    }
}

/// Keys of the evidence that ranks next issues.
#[derive(Clone, Debug)]
pub(super) struct NextKeys {
    pub so_many: u64,
    pub product: u64,
    pub issue: u64,
    pub two: Option<u64>,
    pub set: Option<u64>,
    pub order: Option<u64>,
    pub products: u64,
    pub once: Vec<u64>,
}

/// The keys of what follows `steps`, which are not empty.
pub(super) fn next_keys(steps: &[Step]) -> NextKeys {
    let last = steps[steps.len() - 1];
    let exact = steps.len() <= EXACT;
    let mut products: Vec<u64> = steps.iter().map(|s| s.product).collect();
    products.sort_unstable();
    products.dedup();
    NextKeys {
        so_many: Row::NextAfterSoMany.key(steps.len().min(MANY) as u64),
        product: Row::NextAfterProduct.key(last.product),
        issue: Row::NextAfterIssue.key(last.mark),
        two: (steps.len() > 1).then(|| Row::NextAfterTwo.key(paired(steps[steps.len() - 2].mark, last.mark))),
        set: exact.then(|| Row::NextAfterSet.key(set(steps))),
        order: exact.then(|| Row::NextAfterOrder.key(sequence(steps))),
        products: Row::NextAfterProducts.key(paired(last.product, of_set(products.into_iter()))),
        once: steps.iter().map(|s| Row::NextOnceHad.key(s.mark)).collect(),
    }
}

impl NextKeys {
    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = u64> {
        [Row::Next.key(0), self.so_many, self.product, self.issue, self.products]
            .into_iter()
            .chain(self.two)
            .chain(self.set)
            .chain(self.order)
            .chain(self.once.iter().copied())
    }
}

/// Number of the set of `steps`.
pub(super) fn set(steps: &[Step]) -> u64 {
    of_set(steps.iter().map(|s| s.mark))
}

/// Number of the last two of `steps` in their order.
pub(super) fn pair(steps: &[Step]) -> u64 {
    sequence(&steps[steps.len().saturating_sub(2)..])
}

/// Number of `steps` in their order.
pub(super) fn sequence(steps: &[Step]) -> u64 {
    of_order(steps.iter().map(|s| s.mark))
}

/// Key of the customers who have all of `steps` at some time; of the last three where there are more.
pub(super) fn together(steps: &[Step]) -> u64 {
    Row::Together.key(set(&steps[steps.len().saturating_sub(GROUP)..]))
}

/// Calls `each` with every key under which a customer with `steps` is counted as having them together, and with how
/// many issues it stands for.
pub(super) fn groups(steps: &[Step], mut each: impl FnMut(u64, usize)) {
    let steps = &steps[..steps.len().min(TOGETHER)];
    for a in 0..steps.len() {
        each(Row::Together.key(set(&steps[a..=a])), 1);
        for b in a + 1..steps.len() {
            each(Row::Together.key(set(&[steps[a], steps[b]])), 2);
            for c in b + 1..steps.len() {
                each(Row::Together.key(set(&[steps[a], steps[b], steps[c]])), 3);
            }
        }
    }
}
