//! Cases and properties of the engine.

mod cases; // tests/cases: the ranking in prose, each case asked of a library made for it
mod counted; // contacts decide what is volunteered
mod elapsed; // time that passed since a contact changes what is likely
mod experiment; // the lot and its statistics, by simulation
mod foresight; // what contacts teach
mod histories; // long histories, and issues nobody had
mod homes; // the product of an issue that no product defines
mod lens; // from words to products and issues, and how sure
mod made; // tips and situations made by hand
mod products; // whose customers are counted
mod properties; // what holds for every question
mod situations; // fits, gates and silence on hand-made situations
mod sure; // how sure foresight is in small trades
mod untold; // rates are those of customers whom nobody told
mod verbatim; // the sample library, asked its own questions
