//! The accepted language: every construct outside it, and what to write instead.
//!
//! What can never be meant for a derivative is refused here, before lowering.
//! The rest is described here and refused by the lowering, or by the analysis
//! if an active value reaches it.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Expr, Pat, Stmt};

use super::loops;
use crate::diag::Errors;

/// What is wrong, and what to write instead.
pub type Text = (&'static str, &'static str);

pub const CHECKPOINTED_ITERATOR: Text = (
    "`#[checkpoint(n)]` needs a loop whose number of iterations is known when it starts",
    "run over a range, a slice or a `Vec`: `for k in 0..steps`",
);
pub const PARALLEL_COUNT: Text = (
    "a loop under `#[parallel]` counts upward to an end that is not part of it",
    "write `for k in lo..hi`, and compute the other number inside",
);
pub const PARALLEL_ITERATOR: Text = (
    "`#[parallel]` needs a loop whose number of iterations is known when it starts",
    "run over a range, a slice or a `Vec`: `for k in 0..n`",
);
pub const CALLED_VALUE: Text = (
    "the function that is called here is not known",
    "write the code in place, or as a function with `#[conservative_grad]`",
);
pub const TOO_MANY_EXPANSIONS: Text = (
    "closures are expanded where they are called, and these calls are too many",
    "make it a function with `#[conservative_grad]`",
);
pub const FUNCTION_OF_ADAPTOR: Text = (
    "this method needs a closure, or the name of a function",
    "write `|x| ..` in its argument",
);
pub const COLLECT: Text = (
    "it is not known that a `Vec` is collected here",
    "write `collect::<Vec<_>>()`, or `let v: Vec<f64> = ..`",
);
pub const ZIP: Text = (
    "neither of these two iterators has a known length",
    "collect one of them before: `let a: Vec<f64> = ...collect();`",
);
pub const IN_PARTS: Text = (
    "this iterator goes on after it was asked here, and its elements have no number",
    "collect it before, and ask the list: `let v: Vec<_> = it.collect(); let mut it = v.iter();`",
);
pub const HOLDER_UNKNOWN: Text = (
    "it is not known here whether the closure gives an `Option` or a `Result`",
    "write its type: `|sum, x| -> Option<f64> { .. }`",
);
pub const UNSTABLE: Text = (
    "an unstable sort leaves the order of equal elements open",
    "write `sort_by`, which is stable",
);
pub const SORT: Text = (
    "which floats are compared cannot be seen here",
    "sort by one comparison: `v.sort_by(|a, b| a.total_cmp(b))`, or `a.partial_cmp(b).unwrap()`",
);
pub const ESCAPES: Text = (
    "a closure or an iterator is used as a value here",
    "call the closure or run through the iterator in this function, before this expression: `let y = f(x);`",
);
pub const CHANGES_A_CAPTURE: Text = (
    "a closure that is passed to a function changes a variable of this one",
    "let it return what it computes, or write the loop of the called function here",
);
pub const CAPTURES_A_FUNCTION: Text = (
    "a closure that is passed to a function captures a parameter that is a function",
    "write the loop of the called function here, or give it the function as a parameter of its own",
);
pub const UNTYPED_CAPTURE: Text = (
    "the type of what a closure captures here is not known",
    "write it where the variable is bound: `let k: f64 = ..`",
);
pub const UNTYPED_RESULT: Text = (
    "the type of what this closure returns is not known",
    "write it: `|x: f64| -> Result<f64, E> { .. }`",
);
pub const TWO_OF_ONE_NAME: Text = (
    "closures that are passed to a function together use two variables of this name",
    "give one of them another name",
);
pub const BORROWED_FIELD: Text = (
    "a struct that borrows is made here, which is not supported yet",
    "pass the parts as arguments of their own, or keep owned values in the struct",
);
pub const PARTS_OF_A_VARIANT: Text = (
    "two fields of one variant are passed on, one of them to be changed",
    "pass the whole value, or copy the field into a variable and back",
);
pub const OF_STD: Text = (
    "the derivative of this function of the standard library is not known",
    "write the operation out, or stop the derivative: `ad_runtime::constant(..)`",
);
pub const OF_NUM_TRAITS: Text = (
    "the derivative of this function of num_traits is not known",
    "write it with methods of the number: `x.powi(2)`, `x.max(y)`",
);
pub const NOT_UNWRAPPED: Text = (
    "a differentiated number is converted to another type and not unwrapped at once",
    "unwrap it where it is converted: `T::from(x).unwrap()`, `x.to_f64().unwrap()`",
);
/// Types of the standard library that own a value behind a pointer.
pub const OWNERS: [&str; 6] = ["Box", "Rc", "Arc", "Cell", "RefCell", "Cow"];
/// Types and traits of the standard library whose functions have no derivative.
pub const STD_TYPES: [&str; 12] = [
    "Vec", "String", "Option", "Result", "Iterator", "Default", "From", "Into", "Clone", "HashMap",
    "BTreeMap", "VecDeque",
];
pub const OWNER: Text = (
    "values behind owning pointers and cells are not supported yet",
    "use the value itself, an array or a `Vec`",
);
pub const SLICE: &str = "bind it with `let s = &v[..];`, choose its ends by a branch instead of the \
                         slice, or copy it with `.to_vec()`";
pub const REFERENCE_MOVED: Text = (
    "a reference is made to point elsewhere",
    "choose the value by a branch: `let v = if c { a } else { b };`, or keep an index",
);
pub const REFERENCE_KEPT: Text = (
    "a `&mut` is kept in a value, or chosen by a branch whose own names are used below it",
    "change what it points to by its own name, in each branch: `if c { a *= 2.0 } else { b *= 2.0 }`",
);
pub const ITERATOR: Text = (
    "this iterator is not supported yet",
    "loop over indices, over `.iter()` of a value whose type is written (`let v: Vec<f64> = ..`), or collect a `Vec` before",
);
pub const UNTYPED_RECEIVER: Text = (
    "the type of this value is not known here",
    "write it where the value is bound: `let mut v: Vec<f64> = ..`",
);

/// Refuses what is outside the language wherever it stands.
pub fn fence(body: &syn::Block, errors: &mut Errors) {
    let mut fence = Fence { errors };
    for stmt in &body.stmts {
        match stmt {
            Stmt::Item(item) => fence.item(item),
            stmt => fence.visit_stmt(stmt),
        }
    }
}

/// Whether [`fence`] has refused an expression for what it is.
pub fn is_refused(e: &Expr) -> bool {
    always(e).is_some()
}

/// Expressions that are refused wherever they stand.
fn always(e: &Expr) -> Option<Text> {
    Some(match e {
        Expr::Async(_) | Expr::Await(_) => (
            "asynchronous code has no derivative",
            "compute the values before",
        ),
        Expr::Unsafe(_) => (
            "`unsafe` code is not differentiated",
            "write it with safe operations: `xs[i]`",
        ),
        Expr::TryBlock(_) => ("`try` blocks are not supported", "write the code in place"),
        Expr::Yield(_) => (
            "generators are not supported",
            "write a loop that stores its values",
        ),
        Expr::RawAddr(_) => ("raw pointers are not supported", "use a slice and an index"),
        // Without tokens it is the empty statement `;`.
        Expr::Verbatim(tokens) if !tokens.is_empty() => (
            "this expression is not understood",
            "write it in another way",
        ),
        _ => return None,
    })
}

/// Expressions that are refused if an active value reaches them.
pub fn expression(e: &Expr) -> Text {
    match e {
        Expr::Closure(_) => (
            "this closure leaves the function, and its derivative with it",
            "bind it with `let f = |x| ..;` and call it here, or make it a function with `#[conservative_grad]`",
        ),
        Expr::Range(_) => (
            "ranges as values are not supported yet",
            "write the range in the loop or index",
        ),
        Expr::Const(_) => (
            "`const` blocks are not supported yet",
            "write a `const` item",
        ),
        _ => (
            "this expression is not supported",
            "write it with operators, indices and calls",
        ),
    }
}

/// A place that cannot be assigned to.
pub fn place(e: &Expr) -> Text {
    match e {
        Expr::Path(_) => (
            "only local variables are assigned to",
            "pass it as a `&mut` parameter",
        ),
        _ => (
            "this place is not supported",
            "assign to a variable, an element or a tuple's field",
        ),
    }
}

/// Patterns outside the language.
pub fn pattern(pat: &Pat) -> Text {
    match pat {
        Pat::Struct(_) | Pat::TupleStruct(_) => (
            "this pattern of a struct or enum is not supported",
            "name the fields in front of `..`, and the variant with its enum",
        ),
        Pat::Slice(_) => (
            "slice patterns are not supported here yet",
            "index the elements",
        ),
        Pat::Macro(_) => (
            "macros in patterns are not supported",
            "write the pattern out",
        ),
        _ => (
            "this pattern is not supported",
            "bind a name and take it apart in the next line",
        ),
    }
}

/// Macros other than `vec!` and those that check, print or panic.
pub fn macro_(name: &str) -> (String, &'static str) {
    let what = format!("`{name}!` is not supported: what it expands to cannot be seen");
    (
        what,
        "write the expanded code, or a function with `#[conservative_grad]`",
    )
}

/// Methods that are not of the table.
pub fn method(name: &str) -> (String, &'static str) {
    method_of_std(name).unwrap_or_else(|| {
        (
            format!("the derivative of the method `{name}` is not known"),
            "call a function with `#[conservative_grad]`, or stop the derivative: `ad_runtime::constant(..)`",
        )
    })
}

/// Whether a method that is called like one of the standard library's changes its receiver.
pub fn changes_its_receiver(name: &str) -> bool {
    const NAMES: [&str; 25] = [
        "append",
        "clear",
        "dedup",
        "drain",
        "extend",
        "get_or_insert",
        "get_or_insert_with",
        "insert",
        "next",
        "next_back",
        "nth",
        "pop",
        "pop_back",
        "pop_front",
        "push",
        "push_back",
        "push_front",
        "push_str",
        "remove",
        "replace",
        "resize",
        "retain",
        "swap_remove",
        "take",
        "truncate",
    ];
    NAMES.contains(&name)
}

/// Those of the standard library: on a value of unknown type a method of their
/// names is taken for them.
pub fn method_of_std(name: &str) -> Option<(String, &'static str)> {
    Some(match name {
        "map" | "fold" | "filter" | "sum" | "product" | "zip" | "enumerate" | "collect"
        | "iter" | "chain" | "min_by" | "max_by" | "flat_map" | "scan" | "for_each"
        | "position" | "any" | "all" => (
            format!("what the method `{name}` runs over is not known here"),
            "write the type where the value is bound: `let v: Vec<f64> = ..`",
        ),
        "next" | "next_back" | "peek" | "peekable" | "by_ref" | "cycle" | "partition"
        | "rposition" | "try_fold" | "try_for_each" | "array_chunks" | "chunk_by" | "rchunks"
        | "split" => (
            format!("the method `{name}` is not supported yet on differentiated values"),
            "write a `for` loop over the elements",
        ),
        "binary_search" | "binary_search_by" | "binary_search_by_key" => (
            format!("the method `{name}` is not supported on differentiated values"),
            "look for the place by one comparison: `let i = xs.partition_point(|v| *v < x);`",
        ),
        "dedup"
        | "dedup_by"
        | "dedup_by_key"
        | "retain"
        | "drain"
        | "split_off"
        | "splice"
        | "select_nth_unstable_by" => (
            format!("the method `{name}` is not supported yet on differentiated values"),
            "write it with indices, `push`, `pop`, `swap` and loops",
        ),
        "pop" => (
            "values of `Option` and `Result` are not supported yet".to_string(),
            "use the value at once: `v.pop().unwrap()`, or drop it: `v.pop();`",
        ),
        "insert" | "remove" | "truncate" | "resize" | "clear" | "append" | "extend" | "sort_by"
        | "sort_unstable_by" | "reverse" | "rotate_left" | "rotate_right" => (
            "the type of this value is not known here".to_string(),
            "write it where the value is bound: `let mut v: Vec<f64> = ..`",
        ),
        "first" | "last" | "get" | "get_mut" | "unwrap" | "expect" | "unwrap_or"
        | "unwrap_or_default" | "is_some" | "is_none" | "ok_or" | "and_then" | "unwrap_or_else" => {
            (
                "values of `Option` and `Result` are not supported yet".to_string(),
                "index the elements: `xs[0]` for the first, `xs[xs.len() - 1]` for the last",
            )
        }
        _ => return None,
    })
}

struct Fence<'a> {
    errors: &'a mut Errors,
}

impl Fence<'_> {
    fn item(&mut self, item: &syn::Item) {
        if let syn::Item::Static(item) = item {
            let help = "use a `const`";
            self.errors.push(
                item.span(),
                "a `static` of the body would exist once for each derivative",
                help,
            );
        }
        if let syn::Item::Macro(item) = item {
            let help = "move it out of the function";
            self.errors.push(
                item.span(),
                "macros are not defined inside a differentiated function",
                help,
            );
        }
    }
}

impl<'ast> Visit<'ast> for Fence<'_> {
    fn visit_expr(&mut self, e: &'ast Expr) {
        if let Some((what, help)) = always(e) {
            self.errors.push(e.span(), what, help);
        }
        visit::visit_expr(self, e);
    }

    fn visit_item(&mut self, item: &'ast syn::Item) {
        let help = "move it to the first lines of the function";
        self.errors
            .push(item.span(), "items in inner blocks are not supported", help);
    }

    fn visit_attribute(&mut self, attr: &'ast syn::Attribute) {
        if attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr") {
            let help = "write `if cfg!(..)`, or two functions";
            self.errors.push(
                attr.span(),
                "conditional code inside the body is not supported",
                help,
            );
        }
        loops::refuse_elsewhere(attr, self.errors);
    }

    fn visit_expr_for_loop(&mut self, e: &'ast syn::ExprForLoop) {
        loops::check(e, self.errors);
        e.label.iter().for_each(|label| self.visit_label(label));
        self.visit_pat(&e.pat);
        self.visit_expr(&e.expr);
        self.visit_block(&e.body);
    }
}
