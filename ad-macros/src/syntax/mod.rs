//! What the user wrote: the attribute, the signature, the text, and what is
//! outside the language.

pub mod fence;
pub mod functions;
pub mod given;
pub mod loops;
pub mod options;
pub mod owner;
pub mod signature;
pub mod source;
pub mod types;
