//! Test support: the same program over dual numbers.
//!
//! `#[twin]` keeps a function and adds `<name>_dual`, the same text over dual numbers: an oracle
//! that shares no code with the compiler under test. `#[program(..)]` does that and adds the
//! adapter by which the corpus harness runs the function in every mode, and the test itself.
//!
//! With the feature `second_order`, in debug builds, both ask `#[conservative_grad]` for second derivatives, and the
//! adapter runs them.
//!
//! Both stand *above* `#[conservative_grad]`, which then sees the user's function exactly once.

mod adapter;
mod arguments;
mod dualise;
mod second;

use arguments::Arguments;
use proc_macro::TokenStream;
use quote::quote;
use syn::{Item, ItemFn, parse_macro_input};

/// Adds the dual twin: `#[twin]`, `#[twin(plain(helper))]`, `#[twin(consts(GRAVITY))]`.
///
/// On a module of types, `#[twin] mod types { .. }`, it adds the module `types_dual` with the
/// same structs, enums and impls over dual numbers; programs name it `types::P`, which becomes
/// `types_dual::P` in their twins.
///
/// `plain` lists called functions that have no twin, `consts` float constants of the module.
#[proc_macro_attribute]
pub fn twin(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let arguments = parse_macro_input!(arguments as Arguments);
    match parse_macro_input!(item as Item) {
        Item::Fn(mut function) => {
            second::ask(&mut function, &arguments);
            let dual = dualise::twin_of(&function, &arguments);
            quote!(#function #dual).into()
        }
        Item::Mod(mut module) => {
            second::ask_all(&mut module, &arguments);
            let dual = dualise::twin_of_module(&module, &arguments);
            quote!(#module #dual).into()
        }
        other => syn::Error::new_spanned(other, "twins are functions and modules of types")
            .to_compile_error()
            .into(),
    }
}

/// Adds the dual twin, the adapter `<name>_program` and a test `<name>_agrees`.
///
/// `xs[4]` gives a slice or `Vec` its length, `n = 3` fixes a parameter that is not
/// differentiated, `on(0.5, 2.0)` is the interval from which the points are drawn.
#[proc_macro_attribute]
pub fn program(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let arguments = parse_macro_input!(arguments as Arguments);
    let mut function = parse_macro_input!(item as ItemFn);
    second::ask(&mut function, &arguments);
    let dual = dualise::twin_of(&function, &arguments);
    let adapter =
        adapter::adapter_of(&function, &arguments).unwrap_or_else(|error| error.to_compile_error());
    quote!(#function #dual #adapter).into()
}
