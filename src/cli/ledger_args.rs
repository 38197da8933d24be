//! The arguments of the commands that work on the ledger, as typed.

use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

/// Rows of a list where nobody says how many.
pub(super) const ROWS: u16 = 50;

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

/// What reports an outcome; nothing of it goes with taking one back.
const REPORTING: [&str; 9] =
    ["tip", "outcome", "customer", "agent", "channel", "reason", "at", "suggestion", "follow_up"];

#[derive(clap::Args)]
pub(super) struct OutcomeArgs {
    /// The tip's id
    #[arg(required_unless_present = "withdraw")]
    pub tip: Option<String>,
    /// What became of it: told, given, sent, helped, declined or dismissed
    #[arg(required_unless_present = "withdraw")]
    pub outcome: Option<String>,
    /// Whom it was told, as your own systems call them: they are not told it again [default: nobody]
    #[arg(long)]
    pub customer: Option<String>,
    /// Who told it, if they wish; no measure ranks people
    #[arg(long)]
    pub agent: Option<String>,
    /// On which channel, as phone or chat
    #[arg(long)]
    pub channel: Option<String>,
    /// With dismissed, why: already_knew, already_told, wrong_situation, no_time, inaccurate, unsafe or unclear
    #[arg(long)]
    pub reason: Option<String>,
    /// When it happened, as 2026-11-12T09:30:00Z or 2026-11-12 [default: now]
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Id of the answer that showed it
    #[arg(long, value_name = "ID")]
    pub suggestion: Option<String>,
    /// Promise to ask later whether it helped, when what the tip prevents would have come
    #[arg(long)]
    pub follow_up: bool,
    /// Take the outcome with this id back: for a slip of the finger
    #[arg(long, value_name = "ID", conflicts_with_all = REPORTING)]
    pub withdraw: Option<String>,
}

#[derive(clap::Args)]
pub(super) struct BalloonArgs {
    /// The idea, wish or note, in any words; `-` reads them from stdin
    #[arg(required_unless_present_any = ["receipt", "list", "acknowledge", "adopt", "decline", "merge"])]
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
    #[command(flatten)]
    pub look: BalloonLook,
    #[command(flatten)]
    pub decision: BalloonDecision,
}

/// What hands a balloon in; nothing of it goes with looking or deciding.
const GIVING: [&str; 6] = ["text", "product", "issue", "from", "role", "contact"];

/// What decides about a balloon.
const DECIDING: [&str; 4] = ["acknowledge", "adopt", "decline", "merge"];

#[derive(clap::Args)]
pub(super) struct BalloonLook {
    /// Tell what became of the balloon that this receipt was given for
    #[arg(long, value_name = "RECEIPT", conflicts_with_all = GIVING, conflicts_with_all = DECIDING, conflicts_with = "list")]
    pub receipt: Option<String>,
    /// List balloons, oldest first
    #[arg(long, conflicts_with_all = GIVING, conflicts_with_all = DECIDING)]
    pub list: bool,
    /// With --list: only those that are waiting, acknowledged, adopted or declined
    #[arg(long, requires = "list", conflicts_with_all = ["text", "receipt"])]
    pub state: Option<String>,
    /// With --list: balloons at most [default: 50]
    #[arg(long, value_name = "N", requires = "list", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub limit: Option<u16>,
    /// With --list: go on where an earlier answer's `next` points
    #[arg(long, requires = "list", conflicts_with_all = ["text", "receipt"])]
    pub cursor: Option<String>,
}

#[derive(clap::Args)]
pub(super) struct BalloonDecision {
    /// Tell the giver that this balloon was read
    #[arg(long, value_name = "ID", conflicts_with_all = GIVING, conflicts_with_all = ["adopt", "decline", "merge"])]
    pub acknowledge: Option<String>,
    /// Write a draft of a tip from this balloon
    #[arg(long, value_name = "ID", conflicts_with_all = GIVING, conflicts_with_all = ["decline", "merge"])]
    pub adopt: Option<String>,
    /// With --adopt: the tip's id [default: made from its question]
    #[arg(long, value_name = "TIP", requires = "adopt")]
    pub tip: Option<String>,
    /// With --adopt: the tip's question [default: the balloon's first sentence]
    #[arg(long, requires = "adopt")]
    pub question: Option<String>,
    /// With --adopt: do not name its giver in the file
    #[arg(long, requires = "adopt")]
    pub no_credit: bool,
    /// Decline this balloon
    #[arg(long, value_name = "ID", requires = "because", conflicts_with_all = GIVING, conflicts_with = "merge")]
    pub decline: Option<String>,
    /// With --decline: why, in words that its giver reads
    #[arg(long, value_name = "REASON", requires = "decline")]
    pub because: Option<String>,
    /// Merge this balloon into another that says the same
    #[arg(long, value_name = "ID", requires = "into", conflicts_with_all = GIVING)]
    pub merge: Option<String>,
    /// With --merge: the id of that one
    #[arg(long, value_name = "ID", requires = "merge")]
    pub into: Option<String>,
}

/// What makes a promise; nothing of it goes with looking at promises or settling one.
const PROMISING: [&str; 5] = ["what", "due", "owner", "customer", "tip"];

#[derive(clap::Args)]
pub(super) struct PromiseArgs {
    /// What was promised, in any words; `-` reads them from stdin
    #[arg(required_unless_present_any = ["kept", "broken", "open", "list"], requires = "due")]
    pub what: Vec<String>,
    /// By when: a time as 2026-11-12T16:00:00Z, a day until its end, or how long from now, as '2 days'
    #[arg(long, value_name = "TIME")]
    pub due: Option<String>,
    /// Who keeps it
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// Whom it was promised, as your own systems call them
    #[arg(long)]
    pub customer: Option<String>,
    /// Id of the tip that it came with
    #[arg(long, value_name = "ID")]
    pub tip: Option<String>,
    /// This promise was kept
    #[arg(long, value_name = "ID", conflicts_with_all = PROMISING, conflicts_with_all = ["broken", "open", "list"])]
    pub kept: Option<String>,
    /// This promise was broken
    #[arg(long, value_name = "ID", conflicts_with_all = PROMISING, conflicts_with_all = ["open", "list"])]
    pub broken: Option<String>,
    /// This promise is open again: takes back that it was kept or broken
    #[arg(long, value_name = "ID", conflicts_with_all = PROMISING, conflicts_with = "list")]
    pub open: Option<String>,
    /// List promises, soonest due first
    #[arg(long, conflicts_with_all = PROMISING)]
    pub list: bool,
    /// With --list: only those that are open, due, overdue, kept or broken
    #[arg(long, requires = "list")]
    pub state: Option<String>,
    /// With --list: promises at most [default: 50]
    #[arg(long, value_name = "N", requires = "list", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub limit: Option<u16>,
    /// With --list: go on where an earlier answer's `next` points
    #[arg(long, requires = "list")]
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
