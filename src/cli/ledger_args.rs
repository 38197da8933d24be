//! The arguments of the commands that work on the ledger, as typed.

use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(super) struct LearnArgs {
    /// A file of contacts: .csv, .ndjson, .jsonl or .json; `-` reads stdin
    #[arg(required_unless_present = "sample")]
    pub contacts: Option<PathBuf>,
    /// How it is written [default: as its name ends, else as it begins]
    #[arg(long, value_enum, value_name = "FORM")]
    pub form: Option<LearnForm>,
    /// Record a simulated past instead, made after the library's own tips: nothing in it happened
    #[arg(long, conflicts_with_all = ["contacts", "form"])]
    pub sample: bool,
    /// With --sample: also into a ledger that holds a real past, whose numbers it makes false
    #[arg(long, requires = "sample")]
    pub force: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LearnForm {
    /// With a heading line: customer,at,product,issue
    Csv,
    /// One JSON object a line
    Ndjson,
    /// One JSON object, or an array of them; it is read whole
    Json,
}

#[derive(clap::Args)]
pub(super) struct ForesightArgs {
    /// The product at hand by id, name or alias [default: any]
    #[arg(long)]
    pub product: Option<String>,
    /// What this customer's contacts were about so far, oldest first; may be repeated
    #[arg(long)]
    pub issue: Vec<String>,
    /// Whole days since their contact about the last of these, in which they did not come back
    #[arg(long, value_name = "DAYS", default_value_t = 0, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..))]
    pub since_days: u32,
    /// Issues at most
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=50))]
    pub limit: u8,
}

#[derive(clap::Args)]
pub(super) struct GapsArgs {
    /// Gaps at most
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub limit: u16,
}

#[derive(clap::Args)]
pub(super) struct BalloonArgs {
    /// The idea, wish or note, in any words; `-` reads them from stdin
    #[arg(required_unless_present_any = ["receipt", "list"])]
    pub text: Vec<String>,
    /// The product it is about, by id, name or alias
    #[arg(long)]
    pub product: Option<String>,
    /// The issue it is about, by id or name
    #[arg(long)]
    pub issue: Option<String>,
    /// Who gives it, if they wish: a tip made of it can name them
    #[arg(long, value_name = "NAME")]
    pub from: Option<String>,
    /// What the giver is, as agent or customer; never decides about its place
    #[arg(long)]
    pub role: Option<String>,
    /// The contact on which it came up, or how to reach the giver
    #[arg(long)]
    pub contact: Option<String>,
    /// Tell what became of the balloon that this receipt was given for
    #[arg(long, value_name = "RECEIPT", conflicts_with_all = ["text", "product", "issue", "from", "role", "contact", "list"])]
    pub receipt: Option<String>,
    /// List balloons, oldest first
    #[arg(long, conflicts_with_all = ["text", "product", "issue", "from", "role", "contact"])]
    pub list: bool,
    /// With --list: only those that are waiting, acknowledged, adopted or declined
    #[arg(long, requires = "list", conflicts_with_all = ["text", "receipt"])]
    pub state: Option<String>,
    /// With --list: balloons at most
    #[arg(long, value_name = "N", requires = "list", default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub limit: u16,
    /// With --list: go on where an earlier answer's `next` points
    #[arg(long, requires = "list", conflicts_with_all = ["text", "receipt"])]
    pub cursor: Option<String>,
}

#[derive(clap::Args)]
pub(super) struct LedgerArgs {
    #[command(subcommand)]
    pub what: LedgerCommand,
}

#[derive(Subcommand)]
pub(super) enum LedgerCommand {
    /// Print all that is kept about a customer, one JSON object a line
    Export(OfCustomer),
    /// Remove all that is kept about a customer, for good
    Erase(EraseArgs),
    /// See whether the ledger can be reached, and how much is in it
    Check,
}

#[derive(clap::Args)]
pub(super) struct OfCustomer {
    /// The customer as your own systems call them, just as it was reported
    #[arg(long, value_name = "CUSTOMER")]
    pub customer: String,
}

#[derive(clap::Args)]
pub(super) struct EraseArgs {
    #[command(flatten)]
    pub of: OfCustomer,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}
