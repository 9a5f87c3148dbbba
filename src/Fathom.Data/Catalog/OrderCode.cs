using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Data.Catalog;

/// <summary>What a message does, in six bits (action, side, last of its event), and what follows from that for packing it. Masks are all bits or none.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OrderCode
{
    /// <summary>Codes are below this.</summary>
    public const uint Count = 64;

    /// <summary>The id is foretold by the last added one instead of the slot.</summary>
    public long IsAdd;
    /// <summary>Price and quantity are foretold by the instrument's last price on the side, and by nothing, instead of by the slot.</summary>
    public long IsNew;
    /// <summary>The slot holds from now on what the message says.</summary>
    public long IsStated;
    /// <summary>The message's quantity leaves the slot.</summary>
    public long IsCancel;
    /// <summary>Flags, action and side as they stand in the message's seventh word.</summary>
    public ulong Word;
    /// <summary>Where the side's last price stands in <see cref="OrderState.Instrument"/>, in bytes.</summary>
    public long PriceAt;
    private long _reserved0, _reserved1;

    /// <summary>By code.</summary>
    public static OrderCode* All { get; } = MakeAll();

    /// <summary>False where action or side is none that is known.</summary>
    public static bool TryOf(in MarketByOrder message, out uint code)
    {
        code = (uint)message.Action | (uint)message.Side << 3 | (message.IsLast ? 1u << 5 : 0);
        return message.Action <= BookAction.Unknown && message.Side <= Side.Sell;
    }

    private static OrderCode* MakeAll()
    {
        var all = (OrderCode*)NativeMemory.AlignedAlloc(Count * (nuint)sizeof(OrderCode), 64);
        for (uint code = 0; code < Count; code++)
        {
            var action = (BookAction)(code & 7);
            uint side = code >> 3 & 3, flags = code >> 5 << 7;
            all[code] = new OrderCode
            {
                IsAdd = MaskOf(action == BookAction.Add),
                IsNew = MaskOf(action is not (BookAction.Cancel or BookAction.Modify or BookAction.Fill)),
                IsStated = MaskOf(action is BookAction.Add or BookAction.Modify),
                IsCancel = MaskOf(action == BookAction.Cancel),
                Word = flags | (uint)action << 8 | side << 16,
                PriceAt = side * sizeof(long),      // of the fourth side, which is none, into the row as well
            };
        }
        return all;
    }

    private static long MaskOf(bool condition) => condition ? -1 : 0;
}
