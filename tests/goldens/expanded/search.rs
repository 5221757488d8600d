/// Exits from the middle of a loop and of the function.
pub fn search(x: &[f64], limit: f64) -> f64 {
    let mut product = 1.0;
    for (i, &v) in x.iter().enumerate() {
        if v < 0.0 {
            return v * v;
        }
        if i > 0 && product > limit {
            break;
        }
        product *= v;
    }
    product
}
/// Derivatives of [`search`](fn@search).
///
/// It is differentiated with respect to `x` and `limit`.
/// At ties it follows `MinNorm`, or the rule of its caller.
///
/// | site | source | kind | derivative at a tie |
/// |---|---|---|---|
/// | 0 | `v < 0.0` | `Less` | that of the executed branch |
/// | 1 | `product > limit` | `Greater` | that of the executed branch |
///
/// What a gradient means at a tie: [`ad_runtime::meaning`](https://docs.rs/ad-runtime/latest/ad_runtime/meaning/).
#[allow(
    dead_code,
    non_camel_case_types,
    missing_debug_implementations,
    missing_copy_implementations,
    unnameable_types,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction
)]
pub struct search {}
#[allow(
    unused,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    deprecated,
    private_interfaces,
    private_bounds,
    single_use_lifetimes,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    trivial_casts,
    trivial_numeric_casts,
    let_underscore_drop,
    unit_bindings,
    variant_size_differences,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction
)]
impl search {
    /// The sites of `search`: where an active value decides. They are listed above.
    pub const SITES: &'static [::ad_runtime::Site] = {
        use ::ad_runtime::__private as __rt;
        use ::core::{column, file, line};
        &[
            __rt::site(
                0,
                __rt::SiteKind::Less,
                "search",
                file!(),
                line!(),
                column!(),
                "v < 0.0",
            ),
            __rt::site(
                1,
                __rt::SiteKind::Greater,
                "search",
                file!(),
                line!(),
                column!(),
                "product > limit",
            ),
        ]
    };
    /// The value of `search` and its gradient, by reverse mode.
    #[inline]
    #[track_caller]
    pub fn grad(x: &[f64], limit: f64) -> (f64, (::std::vec::Vec<f64>, f64)) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            limit,
            &1.0,
        )
    }
    /// As [`grad`](Self::grad), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn grad_with<__R: ::ad_runtime::__private::Rule>(
        x: &[f64],
        limit: f64,
    ) -> (f64, (::std::vec::Vec<f64>, f64)) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            limit,
            &1.0,
        )
    }
    /// As [`grad`](Self::grad), with the selections of the same run and its verdict.
    #[inline]
    #[track_caller]
    pub fn grad_trace(
        x: &[f64],
        limit: f64,
    ) -> (f64, (::std::vec::Vec<f64>, f64), ::ad_runtime::Trace) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        let (value, __adjoints) = Self::__owned(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            x,
            limit,
            &1.0,
        );
        let __finite = ::ad_runtime::__private::all_finite(&value)
            && ::ad_runtime::__private::all_finite(&__adjoints);
        (value, __adjoints, ::ad_runtime::__private::finish_trace(&mut tape, __finite))
    }
    /// As [`grad`](Self::grad), with the number of selections and of ties of the same run.
    #[inline]
    #[track_caller]
    pub fn grad_ties(
        x: &[f64],
        limit: f64,
    ) -> (f64, (::std::vec::Vec<f64>, f64), ::ad_runtime::Ties) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        let (value, __adjoints) = Self::__owned(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Count,
            > as ::core::default::Default>::default(),
            x,
            limit,
            &1.0,
        );
        let __finite = ::ad_runtime::__private::all_finite(&value)
            && ::ad_runtime::__private::all_finite(&__adjoints);
        (value, __adjoints, ::ad_runtime::__private::finish_ties(&mut tape, __finite))
    }
    /// The value and the cotangents of `x` and `limit`, by reverse mode, for the cotangent `seed` of the result.
    #[inline]
    #[track_caller]
    pub fn vjp(x: &[f64], limit: f64, seed: f64) -> (f64, (::std::vec::Vec<f64>, f64)) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            limit,
            &seed,
        )
    }
    /// As [`vjp`](Self::vjp), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn vjp_with<__R: ::ad_runtime::__private::Rule>(
        x: &[f64],
        limit: f64,
        seed: f64,
    ) -> (f64, (::std::vec::Vec<f64>, f64)) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            limit,
            &seed,
        )
    }
    /// As [`vjp`](Self::vjp), adding to the given cotangents and reusing the memory of `tape`: nothing is allocated in the steady state.
    ///
    /// # Panics
    ///
    /// Panics where `search` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn vjp_into(
        tape: &mut ::ad_runtime::Tape,
        x: &[f64],
        x_adj: &mut [f64],
        limit: f64,
        limit_adj: &mut f64,
        seed: f64,
    ) -> f64 {
        Self::__outer(
            tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            x_adj,
            limit,
            limit_adj,
            &seed,
        )
    }
    /// Forward mode: what `search` returns, and its tangent, for tangents of its arguments.
    ///
    /// # Panics
    ///
    /// Panics where `search` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn jvp(x: &[f64], x_tan: &[f64], limit: f64, limit_tan: f64) -> (f64, f64) {
        ::ad_runtime::__private::check_len("x_tan", x_tan.len(), "x", x.len());
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            x,
            x_tan,
            limit,
            &limit_tan,
        )
    }
    /// As [`jvp`](Self::jvp), with another rule at ties for this one call.
    ///
    /// # Panics
    ///
    /// Panics where `search` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn jvp_with<__R: ::ad_runtime::__private::Rule>(
        x: &[f64],
        x_tan: &[f64],
        limit: f64,
        limit_tan: f64,
    ) -> (f64, f64) {
        ::ad_runtime::__private::check_len("x_tan", x_tan.len(), "x", x.len());
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            x,
            x_tan,
            limit,
            &limit_tan,
        )
    }
    /// As [`jvp`](Self::jvp), with several tangents of each argument at once, the lanes innermost: `[f64; N]` for a float.
    ///
    /// # Panics
    ///
    /// Panics where `search` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn jvp_lanes<const __N: usize>(
        x: &[f64],
        x_tan: &[[f64; __N]],
        limit: f64,
        limit_tan: [f64; __N],
    ) -> (f64, [f64; __N]) {
        const { ::core::assert!(__N > 0, "`jvp_lanes` has at least one lane") };
        ::ad_runtime::__private::check_len("x_tan", x_tan.len(), "x", x.len());
        Self::__lanes(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::lanes::Width::<__N>,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            x,
            x_tan,
            limit,
            &limit_tan,
        )
    }
    /// The generators of the conservative field of `search` at the point: the gradients of all pieces that meet there.
    #[inline]
    #[track_caller]
    pub fn field(
        x: &[f64],
        limit: f64,
        options: &::ad_runtime::FieldOptions,
    ) -> ::core::result::Result<
        ::ad_runtime::Field<(::std::vec::Vec<f64>, f64)>,
        ::ad_runtime::FieldError,
    > {
        Self::__point(
            x,
            &limit,
            |program| ::ad_runtime::__private::field::field(program, options),
        )
    }
    /// The value of `search` and a limiting gradient, that of the piece in a direction from the point.
    #[inline]
    #[track_caller]
    pub fn limiting(
        x: &[f64],
        limit: f64,
        direction: &::ad_runtime::Direction<(::std::vec::Vec<f64>, f64)>,
    ) -> ::core::result::Result<
        (f64, (::std::vec::Vec<f64>, f64)),
        ::ad_runtime::LimitingError,
    > {
        Self::__point(
            x,
            &limit,
            |program| ::ad_runtime::__private::field::limiting(program, direction),
        )
    }
    /// The strongest statement that can be made about [`grad`](Self::grad) at the point.
    #[inline]
    #[track_caller]
    pub fn certify(x: &[f64], limit: f64) -> ::ad_runtime::Certificate {
        Self::__point(
            x,
            &limit,
            |program| ::ad_runtime::__private::field::certify(program),
        )
    }
    /// The step along a direction to the next change of selection, to first order.
    #[inline]
    #[track_caller]
    pub fn step(
        x: &[f64],
        limit: f64,
        direction: &::ad_runtime::Direction<(::std::vec::Vec<f64>, f64)>,
    ) -> ::ad_runtime::Step {
        Self::__point(
            x,
            &limit,
            |program| ::ad_runtime::__private::field::step(program, direction),
        )
    }
    /// Runs `search` and records its selections. The verdict assumes that the sides of tied branches agree at the tie.
    #[inline]
    #[track_caller]
    pub fn trace(x: &[f64], limit: f64) -> (f64, ::ad_runtime::Trace) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        tape.begin();
        let value = Self::__adj(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::Primal,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            x,
            ::ad_runtime::__private::Hold::new().slot(),
            limit,
            ::ad_runtime::__private::Hold::new().slot(),
            ::ad_runtime::__private::Hold::new().shared(),
        );
        let __finite = ::ad_runtime::__private::all_finite(&value);
        let __trace = ::ad_runtime::__private::finish_trace(&mut tape, __finite);
        (value, __trace)
    }
    /// As [`trace`](Self::trace), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn trace_with<__R: ::ad_runtime::__private::Rule>(
        x: &[f64],
        limit: f64,
    ) -> (f64, ::ad_runtime::Trace) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        tape.begin();
        let value = Self::__adj(
            &mut tape,
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::Primal,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            x,
            ::ad_runtime::__private::Hold::new().slot(),
            limit,
            ::ad_runtime::__private::Hold::new().slot(),
            ::ad_runtime::__private::Hold::new().shared(),
        );
        let __finite = ::ad_runtime::__private::all_finite(&value);
        let __trace = ::ad_runtime::__private::finish_trace(&mut tape, __finite);
        (value, __trace)
    }
    #[doc(hidden)]
    #[track_caller]
    #[inline]
    fn __outer<__S: ::ad_runtime::__private::Selector>(
        tape: &mut ::ad_runtime::__private::Tape,
        __sel: __S,
        x: &[f64],
        x_adj: &mut [f64],
        limit: f64,
        limit_adj: &mut f64,
        seed: &f64,
    ) -> f64 {
        ::ad_runtime::__private::check_len("x_adj", x_adj.len(), "x", x.len());
        tape.begin();
        Self::__adj(
            tape,
            __sel,
            ::ad_runtime::__private::Outer,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            x,
            x_adj,
            limit,
            limit_adj,
            seed,
        )
    }
    #[doc(hidden)]
    #[track_caller]
    #[inline]
    fn __owned<__S: ::ad_runtime::__private::Selector>(
        tape: &mut ::ad_runtime::__private::Tape,
        __sel: __S,
        x: &[f64],
        limit: f64,
        seed: &f64,
    ) -> (f64, (::std::vec::Vec<f64>, f64)) {
        let mut x_adj = ::ad_runtime::__private::zero_like(x);
        let mut limit_adj = ::ad_runtime::__private::zero_like(&limit);
        let __value = Self::__outer(
            tape,
            __sel,
            x,
            &mut x_adj,
            limit,
            &mut limit_adj,
            seed,
        );
        (__value, (x_adj, limit_adj))
    }
    #[doc(hidden)]
    fn __point<__Out>(
        x: &[f64],
        limit: &f64,
        then: impl ::core::ops::FnOnce(
            ::ad_runtime::__private::field::Program<'_, (::std::vec::Vec<f64>, f64), f64>,
        ) -> __Out,
    ) -> __Out {
        let zero: (::std::vec::Vec<f64>, f64) = (
            ::ad_runtime::__private::zero_like(&*x),
            ::ad_runtime::__private::zero_like(&*limit),
        );
        let mut gradient = || Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            ::core::clone::Clone::clone(limit),
            &1.0,
        );
        let mut run = |
            tape: &mut ::ad_runtime::__private::Tape,
            (__tan_0, __tan_1): &(::std::vec::Vec<f64>, f64),
            moved: ::core::option::Option<(&(::std::vec::Vec<f64>, f64), f64)>|
        {
            let mut x = ::std::borrow::ToOwned::to_owned(x);
            let mut limit = ::core::clone::Clone::clone(limit);
            if let ::core::option::Option::Some(((__by_0, __by_1), t)) = moved {
                if !(::ad_runtime::__private::Differentiable::displace(&mut x, __by_0, t)
                    && ::ad_runtime::__private::Differentiable::displace(
                        &mut limit,
                        __by_1,
                        t,
                    ))
                {
                    return ::core::option::Option::None;
                }
            }
            ::core::option::Option::Some(
                Self::__tan(
                    tape,
                    <::ad_runtime::__private::Select<
                        ::ad_runtime::__private::MinNorm,
                        ::ad_runtime::__private::Follow,
                    > as ::core::default::Default>::default(),
                    (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
                    &x,
                    __tan_0,
                    limit,
                    __tan_1,
                ),
            )
        };
        then(::ad_runtime::__private::field::Program::new(zero, &mut run, &mut gradient))
    }
    #[doc(hidden)]
    pub const __RECOMPUTE: bool = false;
    #[doc(hidden)]
    pub const __OVERWRITES: &[bool] = &[false, false];
    #[doc(hidden)]
    #[inline]
    pub fn __fwd(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: &[f64],
        __arg_1: f64,
    ) -> f64 {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Forward,
            __act,
            __arg_0,
            ::ad_runtime::__private::Hold::new().slot(),
            __arg_1,
            ::ad_runtime::__private::Hold::new().slot(),
            ::ad_runtime::__private::Hold::new().shared(),
        )
    }
    #[doc(hidden)]
    #[inline]
    pub fn __run(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: &[f64],
        __arg_1: f64,
    ) -> f64 {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Primal,
            __act,
            __arg_0,
            ::ad_runtime::__private::Hold::new().slot(),
            __arg_1,
            ::ad_runtime::__private::Hold::new().slot(),
            ::ad_runtime::__private::Hold::new().shared(),
        )
    }
    #[doc(hidden)]
    #[inline]
    pub fn __rev(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: &[f64],
        __slot_0: &mut [f64],
        __arg_1: f64,
        __slot_1: &mut f64,
        __seed: &f64,
    ) {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Reverse,
            __act,
            __arg_0,
            __slot_0,
            __arg_1,
            __slot_1,
            __seed,
        )
    }
    #[doc(hidden)]
    #[inline]
    pub fn __both(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: &[f64],
        __slot_0: &mut [f64],
        __arg_1: f64,
        __slot_1: &mut f64,
        __seed: &f64,
    ) -> f64 {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Both,
            __act,
            __arg_0,
            __slot_0,
            __arg_1,
            __slot_1,
            __seed,
        )
    }
    #[doc(hidden)]
    #[inline]
    pub fn __jvp(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: &[f64],
        __slot_0: &[f64],
        __arg_1: f64,
        __slot_1: &f64,
    ) -> (f64, f64) {
        Self::__tan(__tape, __sel, __act, __arg_0, __slot_0, __arg_1, __slot_1)
    }
    #[doc(hidden)]
    #[inline]
    pub fn __jvp_lanes<const __N: usize>(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        _: ::ad_runtime::__private::lanes::Width<__N>,
        __arg_0: &[f64],
        __slot_0: &[[f64; __N]],
        __arg_1: f64,
        __slot_1: &[f64; __N],
    ) -> (f64, [f64; __N]) {
        Self::__lanes(
            __tape,
            __sel,
            ::ad_runtime::__private::lanes::Width::<__N>,
            __act,
            __arg_0,
            __slot_0,
            __arg_1,
            __slot_1,
        )
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __rereads_0<__A: ::ad_runtime::__private::Activity>(
        marker: __A,
    ) -> ::ad_runtime::__private::Restoring<__A> {
        ::ad_runtime::__private::Activity::restoring(marker)
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __rereads_1<__A: ::ad_runtime::__private::Activity>(
        marker: __A,
    ) -> ::ad_runtime::__private::Restoring<__A> {
        ::ad_runtime::__private::Activity::restoring(marker)
    }
    #[doc(hidden)]
    #[inline]
    fn __adj<
        __S: ::ad_runtime::__private::Selector,
        __P: ::ad_runtime::__private::Phase,
        __A0: ::ad_runtime::__private::Activity,
        __A1: ::ad_runtime::__private::Activity,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        __phase: __P,
        act: (__A0, __A1),
        x: &[f64],
        x_adj: &mut [f64],
        limit: f64,
        limit_adj: &mut f64,
        seed: &f64,
    ) -> <__P as ::ad_runtime::__private::Phase>::Out<f64> {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let x_adj = if __P::REV && __A0::ON { &mut x_adj[..x.len()] } else { x_adj };
        let __type_of_i_5 = __rt::witness();
        let __type_of_t_7 = __rt::witness();
        let __type_of_t_14 = __rt::witness();
        let __type_of_product_15 = __rt::witness();
        let (__value, (left_3, trips)) = if __P::FWD {
            let limit_2 = limit;
            let mut ret: f64 = __rt::placeholder();
            let mut left: bool = false;
            let mut product = 1.0;
            let t = (*x).len();
            let mut i_2: usize = 0;
            let mut trips = 0_usize;
            loop {
                let mut go: bool = false;
                let i = i_2;
                let t_10 = i < t;
                if t_10 {
                    let i_3 = i + 1;
                    i_2 = i_3;
                    let v = x[i];
                    let t_2 = __rt::guard(
                        sel,
                        tape,
                        &Self::SITES[0],
                        __A0::ON,
                        v < 0.0,
                        || __rt::margin(v, 0.0),
                    );
                    if t_2 {
                        let t_3 = v * v;
                        ret = t_3;
                        left = true;
                    } else {
                        let t_4: bool = i > 0;
                        let mut t_5 = t_4;
                        if t_4 {
                            let product_2 = product;
                            let t_7 = __rt::guard(
                                sel,
                                tape,
                                &Self::SITES[1],
                                __A0::ON || __A1::ON,
                                product_2 > limit_2,
                                || __rt::margin(product_2, limit_2),
                            );
                            t_5 = t_7;
                        }
                        let t_8 = t_5;
                        if t_8 {} else {
                            let product_3 = product;
                            let t_9 = product_3 * v;
                            product = t_9;
                            go = t_10;
                            if __P::TAPE {
                                __type_of_product_15.push(product_3, tape);
                            }
                        }
                        if __P::TAPE {
                            __type_of_t_14.push(t_8, tape);
                        }
                    }
                    if __P::TAPE {
                        __type_of_t_7.push(t_2, tape);
                    }
                }
                let go_2 = go;
                if __P::TAPE {
                    __type_of_i_5.push(i, tape);
                }
                trips += 1;
                if !go_2 {
                    break;
                }
            }
            let left_3 = left;
            if left_3 {} else {
                let product_4 = product;
                ret = product_4;
            }
            let ret_2 = ret;
            let __value: f64 = ret_2;
            if !__P::REV {
                if __P::TAPE {
                    __rt::Record::push((left_3, trips), tape);
                }
                return __P::out(::core::option::Option::Some(__value));
            }
            (::core::option::Option::Some(__value), (left_3, trips))
        } else {
            (::core::option::Option::None, __rt::Record::pop(tape))
        };
        let ret_adj_2 = *seed;
        let mut ret_adj_3 = ret_adj_2;
        let mut product_adj_3 = 0.0;
        if left_3 {} else {
            let product_adj = ::core::mem::take(&mut ret_adj_3);
            product_adj_3 += product_adj;
        }
        let t = (*x).len();
        for trip in (0..trips).rev() {
            let i = __type_of_i_5.pop(tape);
            let t_10 = i < t;
            if t_10 {
                let t_2 = __type_of_t_7.pop(tape);
                let v = x[i];
                let mut v_adj: f64 = 0.0;
                if t_2 {
                    let t_adj = ::core::mem::take(&mut ret_adj_3);
                    let t_14 = t_adj * v;
                    v_adj += t_14;
                    let t_15 = v * t_adj;
                    v_adj += t_15;
                } else {
                    let t_8 = __type_of_t_14.pop(tape);
                    if t_8 {} else {
                        let product_3 = __type_of_product_15.pop(tape);
                        let t_adj_3 = ::core::mem::take(&mut product_adj_3);
                        let product_adj_4 = t_adj_3 * v;
                        let t_17 = product_3 * t_adj_3;
                        v_adj += t_17;
                        product_adj_3 += product_adj_4;
                    }
                }
                if __A0::ON {
                    let t_19 = v_adj;
                    x_adj[i] += t_19;
                }
            }
        }
        let t_20 = product_adj_3;
        __P::out(__value)
    }
    #[doc(hidden)]
    #[inline]
    fn __tan<
        __S: ::ad_runtime::__private::Selector,
        __A0: ::ad_runtime::__private::Activity,
        __A1: ::ad_runtime::__private::Activity,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        act: (__A0, __A1),
        x: &[f64],
        x_tan: &[f64],
        limit: f64,
        limit_tan: &f64,
    ) -> (f64, f64) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let x_tan = if __A0::ON { &x_tan[..x.len()] } else { x_tan };
        let limit_2 = limit;
        let limit_tan_2 = *limit_tan;
        let mut ret: f64 = __rt::placeholder();
        let mut ret_tan: f64 = __rt::placeholder();
        let mut left: bool = false;
        let mut product = 1.0;
        let mut product_tan = 0.0;
        let t = (*x).len();
        let mut i_2: usize = 0;
        loop {
            let mut go: bool = false;
            let i = i_2;
            let t_10 = i < t;
            if t_10 {
                let i_3 = i + 1;
                i_2 = i_3;
                let v = x[i];
                let v_tan = if __A0::ON { x_tan[i] } else { 0.0 };
                __rt::head(sel, tape, [__rt::slope(v_tan, __A0::ON), 0.0]);
                let t_2 = __rt::guard(
                    sel,
                    tape,
                    &Self::SITES[0],
                    __A0::ON,
                    v < 0.0,
                    || __rt::margin(v, 0.0),
                );
                if t_2 {
                    let t_3 = v * v;
                    let t_11 = v_tan * v;
                    let t_12 = v * v_tan;
                    let t_tan = t_11 + t_12;
                    ret = t_3;
                    ret_tan = t_tan;
                    left = true;
                } else {
                    let t_4: bool = i > 0;
                    let mut t_5 = t_4;
                    if t_4 {
                        let product_2 = product;
                        let product_tan_2 = product_tan;
                        __rt::head(
                            sel,
                            tape,
                            [
                                __rt::slope(product_tan_2, __A0::ON),
                                __rt::slope(limit_tan_2, __A1::ON),
                            ],
                        );
                        let t_7 = __rt::guard(
                            sel,
                            tape,
                            &Self::SITES[1],
                            __A0::ON || __A1::ON,
                            product_2 > limit_2,
                            || __rt::margin(product_2, limit_2),
                        );
                        t_5 = t_7;
                    }
                    let t_8 = t_5;
                    if t_8 {} else {
                        let product_3 = product;
                        let product_tan_3 = product_tan;
                        let t_9 = product_3 * v;
                        let t_13 = product_tan_3 * v;
                        let t_14 = product_3 * v_tan;
                        let t_tan_2 = t_13 + t_14;
                        product = t_9;
                        product_tan = t_tan_2;
                        go = t_10;
                    }
                }
            }
            let go_2 = go;
            if !go_2 {
                break;
            }
        }
        let left_3 = left;
        if left_3 {} else {
            let product_4 = product;
            let product_tan_4 = product_tan;
            ret = product_4;
            ret_tan = product_tan_4;
        }
        let ret_2 = ret;
        let ret_tan_2 = ret_tan;
        let __value: f64 = ret_2;
        let __tangent = ret_tan_2;
        (__value, __tangent)
    }
    #[doc(hidden)]
    #[inline]
    fn __lanes<
        __S: ::ad_runtime::__private::Selector,
        __A0: ::ad_runtime::__private::Activity,
        __A1: ::ad_runtime::__private::Activity,
        const __N: usize,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        _: ::ad_runtime::__private::lanes::Width<__N>,
        act: (__A0, __A1),
        x: &[f64],
        x_tan: &[[f64; __N]],
        limit: f64,
        limit_tan: &[f64; __N],
    ) -> (f64, [f64; __N]) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let x_tan = if __A0::ON { &x_tan[..x.len()] } else { x_tan };
        let limit_2 = limit;
        let limit_tan_2 = *limit_tan;
        let mut ret: f64 = __rt::placeholder();
        let mut ret_tan: [f64; __N] = __rt::placeholder();
        let mut left: bool = false;
        let mut product = 1.0;
        let mut product_tan: [_; __N] = [0.0; __N];
        let t = (*x).len();
        let mut i_2: usize = 0;
        loop {
            let mut go: bool = false;
            let i = i_2;
            let t_10 = i < t;
            if t_10 {
                let i_3 = i + 1;
                i_2 = i_3;
                let v = x[i];
                let v_tan = if __A0::ON { x_tan[i] } else { [0.0; __N] };
                let t_2 = v < 0.0;
                if t_2 {
                    let t_3 = v * v;
                    let t_11 = __rt::lanes::mul(v_tan, v);
                    let t_12 = __rt::lanes::mul(v_tan, v);
                    let t_tan = __rt::lanes::add(t_11, t_12);
                    ret = t_3;
                    ret_tan = t_tan;
                    left = true;
                } else {
                    let t_4: bool = i > 0;
                    let mut t_5 = t_4;
                    if t_4 {
                        let product_2 = product;
                        let product_tan_2 = product_tan;
                        let t_7 = product_2 > limit_2;
                        t_5 = t_7;
                    }
                    let t_8 = t_5;
                    if t_8 {} else {
                        let product_3 = product;
                        let product_tan_3 = product_tan;
                        let t_9 = product_3 * v;
                        let t_13 = __rt::lanes::mul(product_tan_3, v);
                        let t_14 = __rt::lanes::mul(v_tan, product_3);
                        let t_tan_2 = __rt::lanes::add(t_13, t_14);
                        product = t_9;
                        product_tan = t_tan_2;
                        go = t_10;
                    }
                }
            }
            let go_2 = go;
            if !go_2 {
                break;
            }
        }
        let left_3 = left;
        if left_3 {} else {
            let product_4 = product;
            let product_tan_4 = product_tan;
            ret = product_4;
            ret_tan = product_tan_4;
        }
        let ret_2 = ret;
        let ret_tan_2 = ret_tan;
        let __value: f64 = ret_2;
        let __tangent = ret_tan_2;
        (__value, __tangent)
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __primal(__arg_0: &[f64], __arg_1: f64) -> f64 {
        search(__arg_0, __arg_1)
    }
}
#[automatically_derived]
impl ::core::clone::Clone for search {
    fn clone(&self) -> Self {
        Self {}
    }
}
#[automatically_derived]
impl ::ad_runtime::Differentiable for search {
    type Tangent = ();
    fn zero_like(&self) {}
}
#[automatically_derived]
impl ::ad_runtime::__private::AllFinite for search {
    fn all_finite(&self) -> bool {
        true
    }
}
#[allow(
    unused,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    deprecated,
    private_interfaces,
    private_bounds,
    single_use_lifetimes,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    trivial_casts,
    trivial_numeric_casts,
    let_underscore_drop,
    unit_bindings,
    variant_size_differences,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction
)]
impl<
    '__l0,
> ::ad_runtime::__private::Function2<
    &'__l0 [f64],
    ::ad_runtime::__private::Kept<[f64]>,
    f64,
    ::ad_runtime::__private::Kept<f64>,
    f64,
    f64,
> for search {
    ::ad_runtime::__private::function_impl! {
        item search, first, [__a_0 __M_0 __slot_0 __tan_0 __slot_tan_0 : & '__l0[f64],
        ::ad_runtime::__private::Kept < [f64] >; __a_1 __M_1 __slot_1 __tan_1
        __slot_tan_1 : f64, ::ad_runtime::__private::Kept < f64 >;], f64, f64
    }
}
