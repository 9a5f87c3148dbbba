using System.Globalization;

namespace Fathom.Data.Dbn;

/// <summary>Which instruments are wanted, by symbol or by the venue's number as text; remembers some of the others, for messages to the user.</summary>
internal sealed class DbnInstrumentFilter(IReadOnlyList<string> wanted)
{
    private const int RememberedMax = 100;

    private readonly HashSet<string> _wanted = [.. wanted];
    private readonly SortedSet<string> _others = new(StringComparer.Ordinal);

    /// <summary>At most a hundred of the symbols that were met and not wanted.</summary>
    public IReadOnlyCollection<string> Others => _others;

    public bool Wants(ulong number, string symbol)
    {
        if (_wanted.Count == 0 || _wanted.Contains(symbol) || _wanted.Contains(number.ToString(CultureInfo.InvariantCulture))) return true;
        if (_others.Count < RememberedMax) _others.Add(symbol);
        return false;
    }
}
