using Fathom.Domain.Values;
using Fathom.Market.Books.Bars;

namespace Fathom.Engine.Decisions;

/// <summary>The bars that one strategy asked for. It is told of these and sees these, whatever others asked for.</summary>
internal sealed class BarSubscriptions
{
    private readonly List<(InstrumentId Instrument, BarSpec Spec)> _asked = [];      // None: every instrument

    public void Add(InstrumentId instrument, in BarSpec spec)
    {
        if (!_asked.Contains((instrument, spec))) _asked.Add((instrument, spec));
    }

    public bool Contains(InstrumentId instrument, in BarSpec spec)
    {
        foreach ((InstrumentId asked, BarSpec askedSpec) in _asked)
            if (askedSpec == spec && (asked.IsNone || asked == instrument)) return true;
        return false;
    }
}
