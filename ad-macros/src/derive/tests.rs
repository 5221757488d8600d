//! What the derive writes, as text; that it works is shown by the tests of users.

use quote::quote;

fn derived(input: proc_macro2::TokenStream) -> String {
    let input = syn::parse2(input).expect("a type");
    super::derive(&input).to_string()
}

#[test]
fn fields_without_floats_are_absent() {
    let text = derived(quote! {
        struct Body { mass: f64, name: String, tags: Vec<usize>, at: Point }
    });
    let fields = "{ # [doc = \"The part of `mass`.\"] mass : f64 , # [doc = \"The part of `at`.\"] at : :: ad_runtime :: __private :: Tan < Point > , }";
    assert!(text.contains(fields), "{text}");
    assert!(
        text.contains("struct __BodyAbsent { name : () , tags : :: ad_runtime :: __private :: AbsentList < () > }"),
        "{text}"
    );
}

#[test]
fn a_tangent_has_the_parameters_that_its_fields_mention() {
    let text = derived(quote! {
        struct View<'a, T: Float, U, const N: usize> { xs: &'a [T], of: PhantomData<U>, k: [u8; N] }
    });
    assert!(
        text.contains(
            "struct ViewTangent < T : Float > where T : :: ad_runtime :: __private :: Scalar"
        ),
        "{text}"
    );
    assert!(text.contains("xs : :: std :: vec :: Vec < T >"), "{text}");
}

#[test]
fn faults_are_reported_on_their_tokens() {
    assert!(derived(quote!(union U { a: f64 })).contains("a union has no tangent"));
    assert!(
        derived(quote!(
            enum Never {}
        ))
        .contains("an enum without variants has no tangent")
    );
    assert!(
        derived(quote!(
            struct S {
                #[differentiable(skip)]
                a: f64,
            }
        ))
        .contains("`constant`")
    );
}
