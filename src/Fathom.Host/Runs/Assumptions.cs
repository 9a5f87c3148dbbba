using Fathom.Analytics.Reports;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Host.Runs;

/// <summary>What nobody stated about an instrument, in words.</summary>
public static class Assumptions
{
    /// <summary>What a feed without trading states means for fills.</summary>
    public const string UnknownState = "the data states none for some instrument: it is taken to trade all the time, so that orders can fill while its market is closed or in an auction";

    private static readonly InstrumentAssumptions[] All =
    [
        InstrumentAssumptions.Symbol, InstrumentAssumptions.Tick, InstrumentAssumptions.Lot, InstrumentAssumptions.Multiplier, InstrumentAssumptions.Kind,
        InstrumentAssumptions.Currency,
    ];

    /// <summary>The assumed properties: "tick", "lot" …; empty when everything was stated.</summary>
    public static IEnumerable<string> Of(InstrumentDefinition instrument) => All.Where(property => (instrument.Assumed & property) != 0).Select(Words.Of);

    /// <summary>The assumed properties with the values that stand in: "tick 0.000000001, lot 1".</summary>
    /// <param name="account">Currency of the account, which an instrument without one is taken to have.</param>
    public static string Text(InstrumentDefinition instrument, CurrencyCode account) =>
        string.Join(", ", All.Where(property => (instrument.Assumed & property) != 0).Select(property => $"{Words.Of(property)} {ValueOf(property, instrument, account)}"));

    private static string ValueOf(InstrumentAssumptions property, InstrumentDefinition instrument, CurrencyCode account) => property switch
    {
        InstrumentAssumptions.Symbol => instrument.Symbol.ToString(),
        InstrumentAssumptions.Tick => instrument.Tick.ToString(),
        InstrumentAssumptions.Lot => instrument.Lot.ToString(),
        InstrumentAssumptions.Multiplier => ReportNumbers.Money(instrument.Multiplier),
        InstrumentAssumptions.Kind => Words.Of(instrument.Kind),
        _ => (instrument.Currency.IsNone ? account : instrument.Currency).ToString(),
    };
}
