using Fathom.Domain.Messages;

namespace Fathom.Host.Runs;

/// <summary>What nobody stated about an instrument, in words.</summary>
public static class Assumptions
{
    private static readonly InstrumentAssumptions[] All =
    [
        InstrumentAssumptions.Symbol, InstrumentAssumptions.Tick, InstrumentAssumptions.Lot, InstrumentAssumptions.Multiplier, InstrumentAssumptions.Kind,
        InstrumentAssumptions.Currency,
    ];

    /// <summary>The assumed properties: "tick", "lot" …; empty when everything was stated.</summary>
    public static IEnumerable<string> Of(InstrumentDefinition instrument) => All.Where(property => (instrument.Assumed & property) != 0).Select(Words.Of);
}
