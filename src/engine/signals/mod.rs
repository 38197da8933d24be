//! The signals: each a reason to rank, in a file of its own, returning its contribution.
//!
//! The score of a suggestion is the sum of these contributions; nothing else adds points. Each file says why its
//! signal exists, its formula and source, and what it means at 0 and at 1; each has its case in `tests/cases`.

mod asked;
mod expectation;
mod kind;
mod lang;
mod mood;
pub(super) mod occasion;
mod review;
mod situation;
mod stage;
mod unasked;
mod words;

use super::signal::Signal;

/// What ranks tips to volunteer.
pub(super) const FOR_TIPS: &[Signal] = &[
    situation::SIGNAL,
    expectation::SIGNAL,
    words::SIGNAL,
    unasked::SIGNAL,
    stage::SIGNAL,
    occasion::SIGNAL,
    review::SIGNAL,
    lang::SIGNAL,
    kind::SIGNAL,
];

/// What ranks answers to what was asked: being asked is their reason, and no next issue is expected.
pub(super) const FOR_ANSWERS: &[Signal] =
    &[asked::SIGNAL, situation::OF_ANSWERS, words::SIGNAL, review::SIGNAL, lang::SIGNAL];

/// What ranks craft: the person on the call, not the product.
pub(super) const FOR_CRAFT: &[Signal] = &[
    mood::SIGNAL,
    stage::SIGNAL,
    situation::OF_CRAFT,
    kind::SIGNAL,
    occasion::SIGNAL,
    words::SIGNAL,
    review::SIGNAL,
    lang::SIGNAL,
];
