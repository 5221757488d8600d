//! The functions without a reverse sweep: `jvp` and `trace`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Parts, Public};
use crate::emit::docs::Function;
use crate::emit::lanes;
use crate::ir::Passing;
use crate::syntax::signature::Param;

/// The type that a function returns, and its last expression.
struct Returned {
    output: TokenStream,
    body: TokenStream,
}

impl Public<'_> {
    /// The parameters of `jvp`: each active one is followed by its tangent.
    fn jvp_inputs(&self) -> TokenStream {
        let input = |(k, p): (usize, &Param)| {
            let declared = self.declared(k);
            let tangent = p.is_differentiated().then(|| {
                let (name, ty) = (&self.tangents[k], self.cx.tangent_argument(p));
                quote!(#name: #ty,)
            });
            quote!(#declared #tangent)
        };
        self.each().map(input).collect()
    }

    /// What they are passed on as.
    fn jvp_arguments(&self) -> TokenStream {
        let rt = &self.cx.rt;
        let argument = |(k, p): (usize, &Param)| {
            let (name, tangent) = (&self.params[k], &self.tangents[k]);
            match (p.is_differentiated(), p.passing) {
                (true, Passing::Value) => quote!(#name, &#tangent,),
                (true, _) => quote!(#name, #tangent,),
                (false, Passing::RefMut) => quote!(#name, #rt::Hold::new().slot(),),
                (false, _) => quote!(#name, #rt::Hold::new().shared(),),
            }
        };
        self.each().map(argument).collect()
    }

    /// What is returned, where a call gives the value and its tangent.
    fn jvp_returned(&self, call: &TokenStream) -> Returned {
        let rt = &self.cx.rt;
        let output = &self.cx.sig.output;
        let (result, tangent) = (self.cx.result(), self.cx.result_tangent());
        let (output, body) = match (&output.written, output.carries_float()) {
            (None, _) => (TokenStream::new(), quote!(#call;)),
            (Some(_), true) if output.content.is_some() => {
                (self.with_value(self.cx.seed()), quote!(#rt::jvp_of(#call)))
            }
            (Some(_), true) => (quote!((#result, #tangent)), quote!(#call)),
            (Some(_), false) => (result, quote!(#call.0)),
        };
        Returned { output, body }
    }

    pub(super) fn jvps(&self) -> TokenStream {
        let rt = &self.cx.rt;
        let (inputs, arguments) = (self.jvp_inputs(), self.jvp_arguments());
        let (checks, markers) = (self.length_checks(&self.tangents), self.markers());
        let tan = self.cx.sweep("tan", self.params.len() + 1);
        let mut all = TokenStream::new();
        for (function, name, rule) in [
            (Function::Jvp, "jvp", false),
            (Function::JvpWith, "jvp_with", true),
        ] {
            let sel = self.selector(rule, "Off");
            let call = quote!(#tan(&mut #rt::Tape::new(), #sel, #markers, #arguments));
            let Returned { output, body } = self.jvp_returned(&call);
            all.extend(self.function(Parts {
                function,
                name,
                rule,
                inputs: inputs.clone(),
                output,
                body: quote!(#checks #body),
            }));
        }
        all
    }

    /// `jvp_lanes::<N>`: as `jvp`, with `N` tangents of each argument.
    pub(super) fn jvp_lanes(&self) -> TokenStream {
        let cx = self.cx.with_lanes();
        let public = self.renamed(&cx, Ident::clone);
        let (rt, n) = (&cx.rt, lanes::width());
        let (inputs, arguments) = (public.jvp_inputs(), public.jvp_arguments());
        let (checks, markers) = (public.length_checks(&self.tangents), public.markers());
        let (body, sel) = (cx.lanes_body(), public.selector(false, "Off"));
        let call = quote!(#body(
            &mut #rt::Tape::new(), #sel, #rt::lanes::Width::<#n>, #markers, #arguments
        ));
        let Returned { output, body } = public.jvp_returned(&call);
        public.function(Parts {
            function: Function::JvpLanes,
            name: "jvp_lanes",
            rule: false,
            inputs,
            output,
            body: quote! {
                const { ::core::assert!(#n > 0, "`jvp_lanes` has at least one lane") };
                #checks
                #body
            },
        })
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
