using System.Runtime.CompilerServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>Some times of a carry-over.</summary>
[InlineArray(Length)]
public struct CarriedTimes
{
    public const int Length = 128;

    private Timestamp _first;
}
