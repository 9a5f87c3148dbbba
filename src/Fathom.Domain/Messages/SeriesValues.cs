using System.Runtime.CompilerServices;

namespace Fathom.Domain.Messages;

/// <summary>The numbers of one point of a series; NaN = missing.</summary>
[InlineArray(Length)]
public struct SeriesValues
{
    public const int Length = 16;

    private double _first;
}
