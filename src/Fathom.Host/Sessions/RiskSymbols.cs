using System.Globalization;
using Fathom.Data;
using Fathom.Data.Dbn;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Host.Sessions;

/// <summary>Instruments that limits name have to be there, or a misspelt symbol would be a limit that limits nothing.</summary>
internal static class RiskSymbols
{
    /// <summary>Before anything runs, where the file says at its beginning which symbols it has.</summary>
    /// <exception cref="InputException">It has not one that is named.</exception>
    public static void Require(BacktestSettings settings, IMarketSource source)
    {
        if (source.StatedSymbols is not { } stated || !RiskBinding.Symbols(settings.Engine.Limits).Any()) return;
        HashSet<string> known = Known(settings, source);
        known.UnionWith(stated);
        RiskBinding.RequireSymbols(settings.Engine.Limits, known, settings.Market.Name);
    }

    /// <summary>At the end of a run, where only the records themselves say.</summary>
    /// <exception cref="InputException">None had one that is named.</exception>
    public static void RequireSeen(BacktestSettings settings, IMarketSource source)
    {
        if (source.StatedSymbols is null && RiskBinding.Symbols(settings.Engine.Limits).Any()) RiskBinding.RequireSymbols(settings.Engine.Limits, Known(settings, source), settings.Market.Name);
    }

    private static HashSet<string> Known(BacktestSettings settings, IMarketSource source)
    {
        HashSet<string> known = [.. settings.Instruments.Select(instrument => instrument.Symbol), .. source.OtherInstruments];
        for (int i = 0; i < source.Registry.Count; i++)
        {
            InstrumentDefinition instrument = source.Registry[new InstrumentId(i)];
            known.Add(instrument.Symbol.ToString());
            known.Add(instrument.VenueInstrument.ToString(CultureInfo.InvariantCulture));
        }
        return known;
    }
}
