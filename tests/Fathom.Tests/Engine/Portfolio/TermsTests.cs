using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Tests.Engine.Portfolio;

public class TermsTests
{
    private static readonly CurrencyCode Dollar = AccountTests.Code("USD");

    [Fact]
    public void An_inverse_instrument_is_refused_before_the_start()
    {
        InstrumentDefinition definition = AccountTests.Definition(new InstrumentId(0), kind: InstrumentKind.Inverse);
        InputException error = Assert.Throws<InputException>(() => Terms.Require(definition, Dollar));
        Assert.Equal("kind inverse", error.Found);
        Assert.False(Terms.Of(definition, Dollar).IsSupported);
    }

    [Fact]
    public void Another_currency_is_refused_before_the_start_and_the_fix_names_the_key()
    {
        InstrumentDefinition definition = AccountTests.Definition(new InstrumentId(0), currency: "EUR");
        InputException error = Assert.Throws<InputException>(() => Terms.Require(definition, Dollar));
        Assert.Contains("account.currency = \"EUR\"", error.Fix);
    }

    [Fact]
    public void Without_a_stated_currency_it_is_the_accounts()
    {
        InstrumentDefinition definition = AccountTests.Definition(new InstrumentId(0));
        definition.Currency = CurrencyCode.None;
        Terms.Require(definition, Dollar);
        Assert.True(Terms.Of(definition, Dollar).IsSupported);
    }
}
