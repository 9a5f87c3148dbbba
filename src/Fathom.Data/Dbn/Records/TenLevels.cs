using System.Runtime.CompilerServices;

namespace Fathom.Data.Dbn.Records;

/// <summary>Ten levels, best first: 320 bytes.</summary>
[InlineArray(10)]
public struct TenLevels
{
    private BidAskLevel _first;
}
