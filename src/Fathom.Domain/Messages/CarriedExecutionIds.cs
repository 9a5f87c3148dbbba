using System.Runtime.CompilerServices;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>Some execution ids of a carry-over.</summary>
[InlineArray(Length)]
public struct CarriedExecutionIds
{
    public const int Length = 64;

    private ExecutionId _first;
}
