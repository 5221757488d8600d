//! Values of structs and of variants of enums: made, and taken apart.

use syn::spanned::Spanned;
use syn::{Expr, ExprStruct, Member, Pat, parse_quote};

use super::method::hole_name;
use super::{Item, Lower, Value};
use crate::ir::types::is_scalar;
use crate::ir::{Holder, Op, Operand, Passing, Place, Proj, StructOf, Ty, is_variant, std_variant};
use crate::syntax::fence;

/// A pattern of a struct or variant, with its sub-patterns by field.
pub(super) struct Destructured<'p> {
    path: &'p syn::Path,
    fields: Vec<(Member, &'p Pat)>,
}

/// Takes a struct pattern apart; other patterns are none.
pub(super) fn destructured(pat: &Pat) -> Option<Destructured<'_>> {
    match pat {
        Pat::Struct(p) if p.qself.is_none() => Some(Destructured {
            path: &p.path,
            fields: p
                .fields
                .iter()
                .map(|field| (field.member.clone(), &*field.pat))
                .collect(),
        }),
        Pat::TupleStruct(p) if p.qself.is_none() => {
            let rest = p.elems.iter().position(|part| matches!(part, Pat::Rest(_)));
            // Behind `..` the number of a field is not known.
            if rest.is_some_and(|rest| rest + 1 < p.elems.len()) {
                return None;
            }
            Some(Destructured {
                path: &p.path,
                fields: p
                    .elems
                    .iter()
                    .take(rest.unwrap_or(p.elems.len()))
                    .enumerate()
                    .map(|(k, part)| (Member::from(k), part))
                    .collect(),
            })
        }
        _ => None,
    }
}

impl Destructured<'_> {
    /// Each sub-pattern with what it is matched with.
    pub(super) fn parts(&self, place: &Place, by: Passing) -> Vec<(&Pat, Item)> {
        self.fields
            .iter()
            .map(|(field, pat)| {
                let part = place.clone().then(Proj::field_of(self.path, field.clone()));
                (*pat, Item::Place(part, by))
            })
            .collect()
    }
}

impl Lower<'_> {
    /// `S { a, b: e, ..base }`
    pub(super) fn struct_literal(&mut self, e: &ExprStruct) -> Value {
        if let Some(qself) = &e.qself {
            let help = "name the type itself";
            return self.refuse(qself.span(), "this path of a struct is not supported", help);
        }
        let fields = e
            .fields
            .iter()
            .map(|field| (field.member.clone(), self.field_value(&field.expr)))
            .collect();
        let base = e.rest.as_ref().map(|base| self.place_of(base));
        self.span = e.span();
        let path = e.path.clone();
        Value::new(
            Op::Struct(Box::new(StructOf {
                path,
                fields,
                base,
                kind: None,
            })),
            Ty::Unknown,
        )
    }

    /// `S(a, b)`, `Shape::Circle(r)`, `Some(x)`
    pub(super) fn constructor(&mut self, path: &syn::Path, args: &[&Expr]) -> Value {
        let is_error = std_variant(path) == Some("Err");
        let fields = args
            .iter()
            .enumerate()
            .map(|(k, arg)| match is_error && self.is_made_of_numbers(arg) {
                // No derivative flows through an error, and its type need have none.
                true => {
                    let made = self.carried(arg, Ty::Unknown, false);
                    (Member::from(k), self.operand(made))
                }
                false => (Member::from(k), self.field_value(arg)),
            })
            .collect::<Vec<_>>();
        let ty = match self.holder_ty(path, &fields) {
            Some(ty) => ty,
            None => Ty::Unknown,
        };
        let made = StructOf {
            path: path.clone(),
            fields,
            base: None,
            kind: None,
        };
        Value::new(Op::Struct(Box::new(made)), ty)
    }

    /// `E::Negative(x)`, `E { at: x }`: a value of the user's that is made of numbers.
    fn is_made_of_numbers(&self, e: &Expr) -> bool {
        let number = |e: &Expr| {
            let ty = match super::place::strip(e) {
                Expr::Lit(_) => return true,
                Expr::Path(p) if p.path.get_ident().is_some() => self.static_ty(e),
                _ => None,
            };
            ty.is_some_and(|ty| is_scalar(&ty))
        };
        match super::place::strip(e) {
            Expr::Call(c) => {
                let Expr::Path(p) = &*c.func else {
                    return false;
                };
                let last = p.path.segments.last().map(|s| s.ident.to_string());
                let variant = last.is_some_and(|name| name.starts_with(char::is_uppercase));
                variant && c.args.iter().all(number)
            }
            Expr::Struct(s) => s.rest.is_none() && s.fields.iter().all(|f| number(&f.expr)),
            _ => false,
        }
    }

    /// The type of `Some(x)`, `Ok(x)` and `Err(x)`.
    fn holder_ty(&self, path: &syn::Path, fields: &[(Member, Operand)]) -> Option<Ty> {
        let content = || match fields {
            [(_, content)] => Box::new(self.operand_ty(content)),
            _ => Box::new(Ty::Unknown),
        };
        match std_variant(path)? {
            "Some" => Some(Ty::Option(content())),
            "Ok" => Some(Ty::Result(content())),
            "Err" => Some(Ty::Result(Box::new(Ty::Unknown))),
            _ => None,
        }
    }

    fn field_value(&mut self, e: &Expr) -> Operand {
        let item = match super::place::strip(e) {
            Expr::Reference(_) | Expr::Path(_) => self.item(e),
            _ => Item::Value(self.op(e)),
        };
        // The value of a scalar behind a reference is as good.
        if let Item::Place(place, Passing::Ref) = &item
            && self.is_scalar(&self.ty_of(place))
        {
            let value = self.read(place.clone());
            return self.operand(value);
        }
        if let Item::Place(_, Passing::Ref | Passing::RefMut) = item {
            let (what, help) = fence::BORROWED_FIELD;
            self.refuse(e.span(), what, help);
        }
        let value = self.item_value(item);
        self.span = e.span();
        self.operand(value)
    }

    /// Whether a value is of the variant that a pattern names, and whether its
    /// fields match; `None`: always.
    pub(super) fn test_struct(
        &mut self,
        pattern: &Destructured<'_>,
        item: &Item,
    ) -> Option<Operand> {
        let (place, by) = self.item_place(item.clone());
        match std_variant(pattern.path) {
            Some("Some") => drop(self.learn_holder(&place, Some(Holder::Option))),
            Some("Ok" | "Err") => drop(self.learn_holder(&place, Some(Holder::Result))),
            _ => {}
        }
        let variant = is_variant(pattern.path).then(|| {
            let (hole, path) = (hole_name(0), pattern.path);
            let test = parse_quote!(::core::matches!(#hole, #path { .. }));
            let value = self.made(test, vec![place.clone()], Ty::Bool, true);
            self.operand(value)
        });
        // A field is there only if the variant is.
        let parts = pattern.parts(&place, by);
        parts
            .into_iter()
            .fold(variant, |so_far, (pat, item)| match so_far {
                None => self.test(pat, &item),
                Some(so_far) if super::matching::always_matches(pat) => Some(so_far),
                Some(so_far) => {
                    Some(self.lazily(so_far.clone(), |l| l.test(pat, &item).unwrap_or(so_far)))
                }
            })
    }
}
