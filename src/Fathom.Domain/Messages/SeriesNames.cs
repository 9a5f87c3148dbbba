using System.Runtime.CompilerServices;

namespace Fathom.Domain.Messages;

/// <summary>Names of a series' values, in order; what is not stated is empty.</summary>
[InlineArray(SeriesValues.Length)]
public struct SeriesNames
{
    private NameText _first;
}
