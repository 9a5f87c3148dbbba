using System.Runtime.CompilerServices;

namespace Fathom.Market.Books;

/// <summary>How often each <see cref="BookAnomaly"/> happened to one instrument.</summary>
[InlineArray(Kinds)]
public struct AnomalyCounts
{
    /// <summary>How many kinds there are.</summary>
    public const int Kinds = (int)BookAnomaly.QuantityOverflow + 1;

    private long _first;

    /// <summary>How often that kind was seen.</summary>
    public readonly long Of(BookAnomaly anomaly) => this[(int)anomaly];

    /// <summary>All kinds together.</summary>
    public readonly long Total
    {
        get
        {
            long total = 0;
            for (int kind = 0; kind < Kinds; kind++) total += this[kind];
            return total;
        }
    }

    internal void Note(BookAnomaly anomaly) => this[(int)anomaly]++;
}
