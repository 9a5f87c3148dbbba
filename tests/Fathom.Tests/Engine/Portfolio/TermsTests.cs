using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Tests.Engine.Portfolio;

public class TermsTests
{
    private static readonly CurrencyCode Dollar = AccountTests.Code("USD");

    [Fact]
    public void An_inverse_instrument_needs_a_settlement_currency_and_the_error_says_where_to_state_it()
    {
        InstrumentDefinition definition = AccountTests.Unsettled();
        InputException error = Assert.Throws<InputException>(() => Terms.Require(definition, Dollar));
        Assert.Equal("kind inverse without a currency", error.Found);
        Assert.Contains("[instrument.\"X\"]", error.Fix);
        Assert.False(Terms.Of(definition, Dollar).IsSupported);
    }

    [Fact]
    public void A_multiplier_that_is_not_above_zero_makes_no_money()
    {
        InstrumentDefinition definition = AccountTests.Definition(new InstrumentId(0), multiplier: 0m);
        Assert.Equal("multiplier 0", Assert.Throws<InputException>(() => Terms.Require(definition, Dollar)).Found);
        Assert.False(Terms.Of(definition, Dollar).IsSupported);
    }

    [Theory]
    [InlineData(InstrumentKind.Linear)]
    [InlineData(InstrumentKind.Spot)]
    [InlineData(InstrumentKind.Inverse)]
    public void Any_stated_currency_can_be_held(InstrumentKind kind)
    {
        InstrumentDefinition definition = AccountTests.Definition(new InstrumentId(0), kind: kind, currency: "EUR");
        Terms.Require(definition, Dollar);
        Assert.Equal(new Terms(Price.Scale, kind, AccountTests.Code("EUR"), IsSupported: true), Terms.Of(definition, Dollar));
    }

    [Fact]
    public void Without_a_stated_currency_it_is_the_accounts()
    {
        InstrumentDefinition definition = AccountTests.Definition(new InstrumentId(0));
        definition.Currency = CurrencyCode.None;
        Terms.Require(definition, Dollar);
        Assert.Equal(Dollar, Terms.Of(definition, Dollar).Currency);
    }

    [Theory]
    [InlineData(InstrumentKind.Linear, 4, 2, 9)]
    [InlineData(InstrumentKind.Linear, -4, -2, -9)]      // whatever the signs
    [InlineData(InstrumentKind.Inverse, -4, 8, 8)]
    public void Notional_has_no_sign(InstrumentKind kind, int quantity, int bid, int ask)
    {
        Terms terms = new(10 * Price.Scale, kind, Dollar, IsSupported: true);
        Int128 expected = kind == InstrumentKind.Inverse ? 5 * Price.Scale : 220 * Price.Scale;
        Assert.Equal(expected, terms.NotionalNanos(Quantity.Units(quantity).Nanos, Price.From(bid), Price.From(ask)));
    }

    [Fact]
    public void A_notional_that_is_too_large_saturates_and_any_smaller_one_fits()
    {
        Price high = new(long.MaxValue - 1);
        foreach (InstrumentKind kind in new[] { InstrumentKind.Linear, InstrumentKind.Inverse })
        {
            Terms one = new(Price.Scale, kind, Dollar, IsSupported: true), large = one with { MultiplierNanos = long.MaxValue };
            Int128 max = (Int128)4 * Terms.SizeMax * Quantity.Scale;
            Assert.Equal((Int128)1 << 100, one.NotionalNanos(max, high, high));
            Assert.Equal((Int128)1 << 100, large.NotionalNanos(max, high, high));
            Price worst = kind == InstrumentKind.Linear ? high : new Price(1);
            Assert.InRange(one.NotionalNanos(max - 1, worst, worst), (Int128)1 << 80, (Int128)1 << 100);
            Assert.InRange(large.NotionalNanos(800_000_000, worst, worst), (Int128)1 << 80, (Int128)1 << 100);
        }
    }
}
