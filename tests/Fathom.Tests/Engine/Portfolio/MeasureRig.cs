using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Portfolio.Margin;

namespace Fathom.Tests.Engine.Portfolio;

/// <summary>Measures of an account of two strategies, in dollars, that somebody fills and marks.</summary>
internal sealed class MeasureRig
{
    public static readonly InstrumentId First = new(0), Second = new(1);

    public MeasureRig(decimal cash = 100_000m, MarginOptions? margin = null, VolatilityOptions? volatility = null, params CurrencyRate[] rates)
    {
        Account = new Account(AccountTests.Code("USD"), cash, strategies: 2, rates);
        Measures = new RiskMeasures(Account, Exposure, margin, volatility);
    }

    public Account Account { get; }
    public LiveExposure Exposure { get; } = new();
    public RiskMeasures Measures { get; }

    /// <summary>Margin in which only the terms matter.</summary>
    public static MarginOptions Isolated(MarginTerms terms) => new() { Mode = MarginMode.Isolated, Usual = terms };

    public static MarginTerms Terms(decimal leverage, params (decimal From, decimal Bps)[] tiers) =>
        new() { Leverage = leverage, Tiers = [.. tiers.Select(tier => new MarginTier(tier.From, tier.Bps))] };

    public MeasureRig Define(InstrumentId instrument, InstrumentKind kind = InstrumentKind.Linear, decimal multiplier = 1m, string currency = "USD", string symbol = "X")
    {
        InstrumentDefinition definition = AccountTests.Definition(instrument, multiplier, kind, currency);
        definition.Symbol = SymbolText.From(symbol);
        Account.Define(definition);
        Measures.Define(definition);
        return this;
    }

    public MeasureRig Mark(InstrumentId instrument, decimal price) => Mark(instrument, price, price);

    public MeasureRig Mark(InstrumentId instrument, decimal bid, decimal ask)
    {
        Account.MarkTo(instrument, Price.From(bid), Price.From(ask));
        Measures.NoteMark(instrument, Price.From(bid), Price.From(ask));
        return this;
    }

    /// <param name="quantity">Signed.</param>
    public MeasureRig Fill(int strategy, InstrumentId instrument, decimal quantity, decimal price, decimal fee = 0, PositionSide side = PositionSide.Net)
    {
        Account.Book(strategy, instrument, quantity > 0 ? Side.Buy : Side.Sell, Price.From(price), Quantity.From(decimal.Abs(quantity)), (long)(fee * 1_000_000_000m), side);
        return this;
    }
}
