//! What is known about the types of operands and places.

use super::{Effect, Operand, Place, Proj, Ty, VarInfo};

/// Whether values of the type are single words that are copied.
pub fn is_scalar(ty: &Ty) -> bool {
    matches!(ty, Ty::Float(_) | Ty::Int(_) | Ty::Bool)
}

/// Whether values of a type are copied by use.
pub fn is_copy(ty: &Ty) -> bool {
    match ty {
        Ty::Float(_) | Ty::Int(_) | Ty::Bool | Ty::Unit => true,
        Ty::Array(t) | Ty::Option(t) => is_copy(t),
        Ty::Tuple(ts) => ts.iter().all(is_copy),
        Ty::Slice(_) | Ty::Vec(_) | Ty::Result(_) | Ty::Unknown => false,
    }
}

/// Whether values of a type never carry a derivative.
pub fn is_discrete(ty: &Ty) -> bool {
    match ty {
        Ty::Int(_) | Ty::Bool | Ty::Unit => true,
        Ty::Array(t) | Ty::Slice(t) | Ty::Vec(t) | Ty::Option(t) | Ty::Result(t) => is_discrete(t),
        Ty::Tuple(ts) => ts.iter().all(is_discrete),
        Ty::Float(_) | Ty::Unknown => false,
    }
}

/// The type of the elements of an array, slice or `Vec`.
pub fn element(ty: &Ty) -> Ty {
    match ty {
        Ty::Array(t) | Ty::Slice(t) | Ty::Vec(t) => (**t).clone(),
        _ => Ty::Unknown,
    }
}

/// The type of the value in a place.
pub fn place_ty(vars: &[VarInfo], place: &Place) -> Ty {
    place
        .proj
        .iter()
        .fold(vars[place.root.0 as usize].ty.clone(), |ty, proj| {
            match (proj, ty) {
                (Proj::Index(_), ty) => element(&ty),
                (Proj::Range { .. }, ty) => Ty::Slice(Box::new(element(&ty))),
                (Proj::Field(syn::Member::Unnamed(k)), Ty::Tuple(fields)) => {
                    fields.get(k.index as usize).cloned().unwrap_or(Ty::Unknown)
                }
                (Proj::Content(_), Ty::Option(t) | Ty::Result(t)) => *t,
                (
                    Proj::Element(_)
                    | Proj::Key(_)
                    | Proj::Field(_)
                    | Proj::Deref
                    | Proj::Content(_)
                    | Proj::Payload(_),
                    _,
                ) => Ty::Unknown,
            }
        })
}

/// The type of an operand; that of a constant is left to rustc.
pub fn operand_ty(vars: &[VarInfo], operand: &Operand) -> Ty {
    match operand {
        Operand::Var(v) => vars[v.0 as usize].ty.clone(),
        Operand::Lit(lit) => lit_ty(lit),
        Operand::Const(_) => Ty::Unknown,
    }
}

/// Whether an operator is one of floats, as far as tokens tell. Beside a float,
/// a literal or a constant is one, and a value of unknown type may be of a type of
/// the user's.
pub fn is_of_floats(vars: &[VarInfo], a: &Operand, b: &Operand) -> bool {
    let float = |x| matches!(operand_ty(vars, x), Ty::Float(_));
    let fits = |x| float(x) || !matches!(x, Operand::Var(_));
    (float(a) || float(b)) && fits(a) && fits(b)
}

/// Whether the type of a number in it is left to rustc's inference.
pub fn is_inferred(ty: &Ty) -> bool {
    match ty {
        Ty::Float(None) | Ty::Int(None) => true,
        Ty::Array(t) | Ty::Slice(t) | Ty::Vec(t) => is_inferred(t),
        Ty::Tuple(types) => types.iter().any(is_inferred),
        _ => false,
    }
}

/// The type that a literal shows.
pub fn lit_ty(lit: &syn::Lit) -> Ty {
    let name =
        |suffix: &str, span| (!suffix.is_empty()).then(|| proc_macro2::Ident::new(suffix, span));
    match lit {
        syn::Lit::Float(l) => Ty::Float(name(l.suffix(), l.span())),
        syn::Lit::Int(l) if matches!(l.suffix(), "f64" | "f32") => {
            Ty::Float(name(l.suffix(), l.span()))
        }
        syn::Lit::Int(l) => Ty::Int(name(l.suffix(), l.span())),
        syn::Lit::Byte(l) => Ty::Int(name("u8", l.span())),
        syn::Lit::Bool(_) => Ty::Bool,
        _ => Ty::Unknown,
    }
}

/// Whether control ends at a macro.
pub fn diverges(mac: &syn::Macro) -> bool {
    let last = mac.path.segments.last();
    let ends = ["panic", "unreachable", "todo", "unimplemented"];
    last.is_some_and(|segment| ends.iter().any(|name| segment.ident == name))
}

impl Effect {
    /// Whether control ends here.
    pub fn diverges(&self) -> bool {
        matches!(&self.stmt, syn::Stmt::Macro(m) if diverges(&m.mac))
    }
}
