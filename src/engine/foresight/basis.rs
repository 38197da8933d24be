//! What a rate rests on, by the words that `docs/foresight.md` explains.

/// What a rate rests on: the finest situation of which enough customers were counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// All customers, from their first contact.
    Popularity,
    /// Customers with the product, from their first contact about it.
    Product,
    /// Customers with the issue (of this product), from their first contact about it.
    Issue,
    /// Customers who had no other issue before this one.
    First,
    /// Customers whose last two issues were these, in this order.
    Pair,
    /// Customers who had just these issues, from the moment they had them all.
    Set,
    /// The same of those who had them in just this order.
    Sequence,
}

impl Basis {
    /// The word the API answers with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Popularity => "popularity",
            Self::Product => "product",
            Self::Issue => "issue",
            Self::First => "first",
            Self::Pair => "pair",
            Self::Set => "set",
            Self::Sequence => "sequence",
        }
    }
}
