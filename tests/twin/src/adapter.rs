//! The adapter between a function's own signature and the flat vectors of the harness.
//!
//! All floats that enter (active parameters in order, `&mut` ones included) stand in one vector,
//! all that leave (result, then final contents of the `&mut` parameters) in another.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::{Expr, FnArg, GenericArgument, Ident, ItemFn, Pat, PathArguments, ReturnType, Type};

use crate::arguments::Arguments;
use crate::dualise::{dual_expr, dual_type};

/// `quote!` whose local variables cannot clash with the program's parameter names.
macro_rules! hygienic {
    ($($tokens:tt)*) => { quote_spanned!(Span::mixed_site()=> $($tokens)*) };
}

pub struct Parameter {
    pub name: Ident,
    pub passing: Passing,
    /// What the harness owns: the value, or the element type of a list.
    ty: Type,
    list: Option<Expr>,
    fixed: Option<Expr>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Passing {
    Value,
    Ref,
    RefMut,
}

impl Parameter {
    pub fn active(&self) -> bool {
        self.fixed.is_none()
    }

    pub fn returned(&self) -> bool {
        self.active() && self.passing != Passing::RefMut
    }

    pub fn adjoint(&self) -> Ident {
        format_ident!("{}_adj", self.name)
    }

    pub fn tangent(&self) -> Ident {
        format_ident!("{}_tan", self.name)
    }

    pub fn adjoint_tangent(&self) -> Ident {
        format_ident!("{}_adj_tan", self.name)
    }

    fn build(&self, dual: bool) -> TokenStream {
        let name = &self.name;
        let ty = if dual {
            dual_type(&self.ty)
        } else {
            self.ty.clone()
        };
        match (&self.fixed, &self.list) {
            (Some(value), list) => {
                let value = if dual {
                    dual_expr(value)
                } else {
                    value.clone()
                };
                if list.is_some() {
                    hygienic!(let mut #name: ::std::vec::Vec<#ty> = ::std::vec::Vec::from(#value);)
                } else {
                    hygienic!(let mut #name: #ty = #value;)
                }
            }
            (None, Some(length)) => {
                hygienic!(let mut #name: ::std::vec::Vec<#ty> = reader.list(#length);)
            }
            (None, None) => hygienic!(let mut #name: #ty = reader.one();),
        }
    }

    fn with_cotangent(&self, with: bool) -> Vec<TokenStream> {
        let adjoint = self.adjoint();
        let cotangent = with.then(|| hygienic!(&mut #adjoint));
        std::iter::once(self.pass(&self.name))
            .chain(cotangent)
            .collect()
    }

    /// `owned` as an argument in this parameter's own form.
    pub fn pass(&self, owned: &Ident) -> TokenStream {
        match self.passing {
            Passing::Value => hygienic!(#owned.clone()),
            Passing::Ref => hygienic!(&#owned),
            Passing::RefMut => hygienic!(&mut #owned),
        }
    }
}

pub fn adapter_of(function: &ItemFn, arguments: &Arguments) -> syn::Result<TokenStream> {
    let parameters = function
        .sig
        .inputs
        .iter()
        .enumerate()
        .map(|(index, input)| parameter(index, input, arguments))
        .collect::<syn::Result<Vec<_>>>()?;
    let result = match &function.sig.output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some((**ty).clone()),
    };
    Ok(Adapter {
        name: &function.sig.ident,
        parameters,
        result,
    }
    .emit(arguments))
}

pub struct Adapter<'a> {
    pub name: &'a Ident,
    pub parameters: Vec<Parameter>,
    result: Option<Type>,
}

impl Adapter<'_> {
    fn emit(&self, arguments: &Arguments) -> TokenStream {
        let name = self.name;
        let title = name.to_string();
        let dual = format_ident!("{name}_dual");
        let program = format_ident!("{name}_program");
        let test = format_ident!("{name}_agrees");
        let differences = !arguments.stops;
        let build = self.build(false);
        let build_dual = self.build(true);
        let arguments_only = self.arguments(|p| vec![p.pass(&p.name)]);
        let outputs = self.outputs();
        let modes = self.modes(arguments);
        let (low, high) = match &arguments.interval {
            Some((low, high)) => (hygienic!(#low), hygienic!(#high)),
            None => (hygienic!(-1.5), hygienic!(1.5)),
        };
        hygienic! {
            #[allow(non_camel_case_types)]
            pub struct #program;

            #[allow(clippy::all, unused)]
            impl crate::harness::Program for #program {
                fn name(&self) -> &'static str { #title }
                fn differences(&self) -> bool { #differences }
                fn inputs(&self) -> usize {
                    let mut reader = crate::pack::Reader::<f64>::new(&[]);
                    #build
                    reader.taken()
                }
                fn primal(&self, x: &[f64]) -> crate::pack::Outputs<f64> {
                    let mut reader = crate::pack::Reader::new(x);
                    #build
                    let value = #name(#arguments_only);
                    #outputs
                    outputs
                }
                fn dual(&self, x: &[crate::dual::D]) -> crate::pack::Outputs<crate::dual::D> {
                    let mut reader = crate::pack::Reader::new(x);
                    #build_dual
                    let value = #dual(#arguments_only);
                    #outputs
                    outputs
                }
                #modes
            }

            #[test]
            fn #test() {
                crate::harness::check(&#program, (#low, #high));
            }
        }
    }

    fn build(&self, dual: bool) -> TokenStream {
        self.parameters.iter().map(|p| p.build(dual)).collect()
    }

    /// The arguments of one call, each parameter giving one or two.
    pub fn arguments(&self, each: impl Fn(&Parameter) -> Vec<TokenStream>) -> TokenStream {
        let list = self.parameters.iter().flat_map(each);
        hygienic!(#(#list,)*)
    }

    /// Result, then final contents of the `&mut` parameters.
    pub fn outputs(&self) -> TokenStream {
        let changed = self.changed();
        hygienic! {
            let mut outputs = crate::pack::Outputs::default();
            outputs.push(&value);
            #(outputs.push(&#changed);)*
        }
    }

    fn changed(&self) -> Vec<&Ident> {
        self.parameters
            .iter()
            .filter(|p| p.passing == Passing::RefMut)
            .map(|p| &p.name)
            .collect()
    }

    /// The adjoints of the active parameters in order, from the returned ones and the `&mut` ones.
    pub fn adjoints(&self) -> TokenStream {
        let all = self
            .parameters
            .iter()
            .filter(|p| p.active())
            .map(Parameter::adjoint);
        hygienic! {
            let mut adjoints = ::std::vec::Vec::new();
            #(crate::pack::Pack::write(&#all, false, &mut adjoints);)*
        }
    }

    /// The derivative modes, all by the public functions.
    fn modes(&self, arguments: &Arguments) -> TokenStream {
        let name = self.name;
        let build = self.build(false);
        let outputs = self.outputs();
        let plain = self.arguments(|p| vec![p.pass(&p.name)]);
        let reverse =
            self.arguments(|p| p.with_cotangent(p.active() && p.passing == Passing::RefMut));
        let cotangents = self.tangents(Parameter::adjoint, hygienic!(seeds), |p| !p.returned());
        let prologue = hygienic! {
            let mut seeds = crate::pack::Reader::new(u);
            let seed = {
                let mut reader = crate::pack::Reader::new(x);
                #build
                let value = #name(#plain);
                crate::pack::Shaped::tangent(&value, &mut seeds)
            };
            let mut reader = crate::pack::Reader::new(x);
            #build
            #cotangents
        };
        let adjoints = self.adjoints();
        let returned = self.returned();
        let seed = self.result.as_ref().map(|_| hygienic!(seed));
        let vjp = self.value_and(&returned);
        let vjp_into = self.vjp_into(&prologue, seed.as_ref());
        let (jvp, jvp_lanes) = (self.jvp(), self.jvp_lanes());
        let trace = self.value_and(&hygienic!(trace));
        let bind = self.bind_unit();
        let grad = self.grad(&prologue, &reverse, &returned);
        let second = self.second(&prologue, arguments);
        hygienic! {
            fn vjp(&self, x: &[f64], u: &[f64], rule: crate::harness::Choice) -> (crate::pack::Outputs<f64>, Vec<f64>) {
                #prologue
                let #vjp = crate::under!(rule, #name, vjp, vjp_with, (#reverse #seed));
                #bind
                #outputs
                #adjoints
                (outputs, adjoints)
            }
            #vjp_into
            #jvp
            #jvp_lanes
            fn trace(&self, x: &[f64]) -> (crate::pack::Outputs<f64>, ad_runtime::Trace) {
                let mut reader = crate::pack::Reader::new(x);
                #build
                let #trace = #name::trace(#plain);
                #bind
                #outputs
                (outputs, trace)
            }
            #grad
            #second
        }
    }

    fn vjp_into(&self, prologue: &TokenStream, seed: Option<&TokenStream>) -> TokenStream {
        let name = self.name;
        let outputs = self.outputs();
        let adjoints = self.adjoints();
        let starts = self.tangents(Parameter::adjoint, hygienic!(starts), Parameter::returned);
        let into = self.arguments(|p| p.with_cotangent(p.active()));
        hygienic! {
            fn vjp_into(&self, tape: &mut ad_runtime::Tape, x: &[f64], u: &[f64], start: &[f64]) -> (crate::pack::Outputs<f64>, Vec<f64>) {
                #prologue
                let mut starts = crate::pack::Reader::new(start);
                #starts
                let value = #name::vjp_into(tape, #into #seed);
                #outputs
                #adjoints
                (outputs, adjoints)
            }
        }
    }

    fn jvp(&self) -> TokenStream {
        let name = self.name;
        let build = self.build(false);
        let outputs = self.outputs();
        let tangents = self.tangents(Parameter::tangent, hygienic!(directions), Parameter::active);
        let forward = self.arguments(|p| {
            let tangent = p.active().then(|| p.pass(&p.tangent()));
            std::iter::once(p.pass(&p.name)).chain(tangent).collect()
        });
        let changed = self
            .parameters
            .iter()
            .filter(|p| p.active() && p.passing == Passing::RefMut);
        let changed = changed.map(Parameter::tangent);
        let result = if self.result.is_some() {
            hygienic!((value, value_tan))
        } else {
            hygienic!(())
        };
        let bind = self
            .result
            .is_none()
            .then(|| hygienic!(let (value, value_tan) = ((), ());));
        hygienic! {
            fn jvp(&self, x: &[f64], t: &[f64], rule: crate::harness::Choice) -> (crate::pack::Outputs<f64>, Vec<f64>) {
                let mut reader = crate::pack::Reader::new(x);
                #build
                let mut directions = crate::pack::Reader::new(t);
                #tangents
                let #result = crate::under!(rule, #name, jvp, jvp_with, (#forward));
                #bind
                #outputs
                let mut tangents = ::std::vec::Vec::new();
                crate::pack::Pack::write(&value_tan, false, &mut tangents);
                #(crate::pack::Pack::write(&#changed, false, &mut tangents);)*
                (outputs, tangents)
            }
        }
    }

    fn jvp_lanes(&self) -> TokenStream {
        let name = self.name;
        let (build, outputs) = (self.build(false), self.outputs());
        let tangents = self.parameters.iter().filter(|p| p.active()).map(|p| {
            let (name, tangent) = (&p.name, p.tangent());
            hygienic! {
                let mut #tangent = ad_runtime::Tangent::join(
                    directions.each_mut().map(|reader| crate::pack::Shaped::tangent(&#name, reader)),
                );
            }
        });
        let forward = self.arguments(|p| {
            let tangent = p.active().then(|| p.pass(&p.tangent()));
            std::iter::once(p.pass(&p.name)).chain(tangent).collect()
        });
        let changed = self
            .parameters
            .iter()
            .filter(|p| p.active() && p.passing == Passing::RefMut);
        let changed = changed.map(|p| {
            let (name, tangent) = (&p.name, p.tangent());
            hygienic! {
                for (lane, out) in crate::harness::lanes_of(&#name, &#tangent).iter().zip(&mut tangents) {
                    crate::pack::Pack::write(lane, false, out);
                }
            }
        });
        let (result, bind) = match self.result {
            Some(_) => (hygienic!((value, value_tan)), None),
            None => (
                hygienic!(()),
                Some(hygienic!(let (value, value_tan) = ((), ());)),
            ),
        };
        hygienic! {
            fn jvp_lanes(
                &self, x: &[f64], t: [&[f64]; crate::harness::LANES],
            ) -> (crate::pack::Outputs<f64>, [Vec<f64>; crate::harness::LANES]) {
                let mut reader = crate::pack::Reader::new(x);
                #build
                let mut directions = t.map(crate::pack::Reader::<f64>::new);
                #(#tangents)*
                let #result = #name::jvp_lanes(#forward);
                #bind
                #outputs
                let mut tangents = <[Vec<f64>; crate::harness::LANES]>::default();
                for (lane, out) in crate::harness::lanes_of(&value, &value_tan).iter().zip(&mut tangents) {
                    crate::pack::Pack::write(lane, false, out);
                }
                #(#changed)*
                (outputs, tangents)
            }
        }
    }

    /// `grad`, `grad_trace` and `grad_ties` exist for a scalar result.
    fn grad(
        &self,
        prologue: &TokenStream,
        reverse: &TokenStream,
        returned: &TokenStream,
    ) -> TokenStream {
        if !self.result.as_ref().is_some_and(is_float) {
            return hygienic!();
        }
        let name = self.name;
        let outputs = self.outputs();
        let adjoints = self.adjoints();
        hygienic! {
            fn grad(&self, x: &[f64], u: &[f64]) -> Option<crate::harness::Gradients> {
                let plain = {
                    #prologue
                    let (value, #returned) = #name::grad(#reverse);
                    #outputs
                    #adjoints
                    (outputs, adjoints)
                };
                let traced = {
                    #prologue
                    let (value, #returned, trace) = #name::grad_trace(#reverse);
                    #outputs
                    #adjoints
                    (outputs, adjoints, trace)
                };
                let counted = {
                    #prologue
                    let (value, #returned, ties) = #name::grad_ties(#reverse);
                    #outputs
                    #adjoints
                    (outputs, adjoints, ties)
                };
                Some(crate::harness::Gradients { plain, traced, counted })
            }
        }
    }

    /// Variables of a parameter's tangent shape, filled from `reader`.
    pub fn tangents(
        &self,
        named: impl Fn(&Parameter) -> Ident,
        reader: TokenStream,
        which: impl Fn(&Parameter) -> bool,
    ) -> TokenStream {
        let chosen = self.parameters.iter().filter(|p| p.active() && which(p));
        chosen
            .map(|p| {
                let (name, variable) = (&p.name, named(p));
                hygienic!(let mut #variable = crate::pack::Shaped::tangent(&#name, &mut #reader);)
            })
            .collect()
    }

    /// The pattern of the returned adjoints: none, one bare, several as a tuple.
    fn returned(&self) -> TokenStream {
        let names: Vec<Ident> = self
            .parameters
            .iter()
            .filter(|p| p.returned())
            .map(Parameter::adjoint)
            .collect();
        match names.as_slice() {
            [] => hygienic!(()),
            [one] => hygienic!(#one),
            several => hygienic!((#(#several),*)),
        }
    }

    fn value_and(&self, rest: &TokenStream) -> TokenStream {
        if self.result.is_some() {
            hygienic!((value, #rest))
        } else {
            rest.clone()
        }
    }

    fn bind_unit(&self) -> Option<TokenStream> {
        self.result.is_none().then(|| hygienic!(let value = ();))
    }
}

fn parameter(index: usize, input: &FnArg, arguments: &Arguments) -> syn::Result<Parameter> {
    let FnArg::Typed(typed) = input else {
        return Err(syn::Error::new_spanned(
            input,
            "programs are functions, not methods",
        ));
    };
    let name = match &*typed.pat {
        Pat::Ident(pat) => pat.ident.clone(),
        _ => format_ident!("parameter_{index}"),
    };
    let (passing, ty) = match &*typed.ty {
        Type::Reference(reference) if reference.mutability.is_some() => {
            (Passing::RefMut, &*reference.elem)
        }
        Type::Reference(reference) => (Passing::Ref, &*reference.elem),
        ty => (Passing::Value, ty),
    };
    let fixed = arguments.fixed.get(&name.to_string()).cloned();
    let Some(element) = element(ty) else {
        return Ok(Parameter {
            name,
            passing,
            ty: ty.clone(),
            list: None,
            fixed,
        });
    };
    let length = arguments.lengths.get(&name.to_string()).cloned();
    let list = match (length, &fixed) {
        (Some(length), _) => Some(length),
        (None, Some(_)) => Some(syn::parse_quote!(0)),
        (None, None) => {
            let message = format!("give the length: {name}[4]");
            return Err(syn::Error::new_spanned(&typed.pat, message));
        }
    };
    Ok(Parameter {
        name,
        passing,
        ty: element,
        list,
        fixed,
    })
}

/// The element type of a slice or a `Vec`.
fn element(ty: &Type) -> Option<Type> {
    match ty {
        Type::Slice(slice) => Some((*slice.elem).clone()),
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            let PathArguments::AngleBracketed(list) = &last.arguments else {
                return None;
            };
            match list.args.first()? {
                GenericArgument::Type(ty) if last.ident == "Vec" => Some(ty.clone()),
                _ => None,
            }
        }
        _ => None,
    }
}

fn is_float(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("f64") || path.path.is_ident("f32"))
}
