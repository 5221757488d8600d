//! The functions without a reverse sweep: `jvp` and `trace`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Parts, Public};
use crate::emit::docs::Function;
use crate::ir::Passing;

impl Public<'_> {
    pub(super) fn jvps(&self) -> TokenStream {
        let rt = &self.cx.rt;
        let inputs: TokenStream = self
            .each()
            .map(|(k, p)| {
                let declared = self.declared(k);
                let tangent = p.is_differentiated().then(|| {
                    let (name, ty) = (&self.tangents[k], self.cx.tangent_argument(p));
                    quote!(#name: #ty,)
                });
                quote!(#declared #tangent)
            })
            .collect();
        let arguments: TokenStream = self
            .each()
            .map(|(k, p)| {
                let (name, tangent) = (&self.params[k], &self.tangents[k]);
                match (p.is_differentiated(), p.passing) {
                    (true, Passing::Value) => quote!(#name, &#tangent,),
                    (true, _) => quote!(#name, #tangent,),
                    (false, Passing::RefMut) => quote!(#name, #rt::Hold::new().slot(),),
                    (false, _) => quote!(#name, #rt::Hold::new().shared(),),
                }
            })
            .collect();
        let checks = self.length_checks(&self.tangents);
        let (result, tangent) = (self.cx.result(), self.cx.result_tangent());
        let (output, half) = match (
            &self.cx.sig.output.written,
            self.cx.sig.output.carries_float(),
        ) {
            (None, _) => (TokenStream::new(), quote!(;)),
            (Some(_), true) if self.cx.sig.output.content.is_some() => {
                let seed = self.cx.seed();
                (self.with_value(seed), TokenStream::new())
            }
            (Some(_), true) => (quote!((#result, #tangent)), TokenStream::new()),
            (Some(_), false) => (result, quote!(.0)),
        };
        let tan = self.cx.sweep("tan", self.params.len() + 1);
        let markers = self.markers();
        let carries = self.cx.sig.output.carries_float();
        let fallible = carries && self.cx.sig.output.content.is_some();
        let mut all = TokenStream::new();
        for (function, name, rule) in [
            (Function::Jvp, "jvp", false),
            (Function::JvpWith, "jvp_with", true),
        ] {
            let sel = self.selector(rule, "Off");
            all.extend(self.function(Parts {
                function,
                name,
                rule,
                inputs: inputs.clone(),
                output: output.clone(),
                body: {
                    let call = quote!(#tan(&mut #rt::Tape::new(), #sel, #markers, #arguments));
                    match fallible {
                        true => quote!(#checks #rt::jvp_of(#call)),
                        false => quote!(#checks #call #half),
                    }
                },
            }));
        }
        all
    }

    pub(super) fn traces(&self) -> TokenStream {
        let (rt, runtime) = (&self.cx.rt, &self.cx.runtime);
        let inputs: TokenStream = self.each().map(|(k, _)| self.declared(k)).collect();
        let arguments: TokenStream = self
            .each()
            .map(|(k, p)| {
                let name = &self.params[k];
                let name = match p.passing {
                    Passing::RefMut => quote!(&mut *#name),
                    _ => quote!(#name),
                };
                quote!(#name, #rt::Hold::new().slot(),)
            })
            .collect();
        let (tape, value) = (&self.tape, &self.value);
        let (markers, finite) = (self.markers(), self.finite(false));
        let adj = self.adj();
        let returned = match self.cx.sig.output.written {
            Some(_) => quote!((#value, __trace)),
            None => quote!(__trace),
        };
        let mut all = TokenStream::new();
        for (function, name, rule) in [
            (Function::Trace, "trace", false),
            (Function::TraceWith, "trace_with", true),
        ] {
            let sel = self.selector(rule, "Recording");
            all.extend(self.function(Parts {
                function,
                name,
                rule,
                inputs: inputs.clone(),
                output: match self.cx.sig.output.written {
                    Some(_) => {
                        let result = self.cx.result();
                        quote!((#result, #runtime::Trace))
                    }
                    None => quote!(#runtime::Trace),
                },
                body: quote! {
                    let mut #tape = #rt::Tape::new();
                    #tape.begin();
                    let #value =
                        #adj(&mut #tape, #sel, #rt::Primal, #markers, #arguments #rt::Hold::new().shared());
                    let __finite = #finite;
                    let __trace = #rt::finish_trace(&mut #tape, __finite);
                    #returned
                },
            }));
        }
        all
    }
}
