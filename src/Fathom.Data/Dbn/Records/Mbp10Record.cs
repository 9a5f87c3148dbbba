using System.Runtime.InteropServices;

namespace Fathom.Data.Dbn.Records;

/// <summary>Ten best levels of an aggregated book after an event: 368 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Mbp10Record
{
    public const int Length = 368;

    public TradeRecord Event;
    public TenLevels Levels;
}
