using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Data.Dbn;

/// <summary>DBN's letters for actions and sides, as tables of all 256 bytes: the hot loop looks up instead of branching on data it cannot predict.</summary>
internal static class DbnActions
{
    /// <summary>[256] <see cref="BookAction"/> by letter; <see cref="BookAction.Unknown"/> for letters that the format does not define.</summary>
    public static byte[] Actions { get; } = Pinned(BookAction.Unknown, ('A', BookAction.Add), ('C', BookAction.Cancel), ('M', BookAction.Modify),
        ('R', BookAction.Clear), ('T', BookAction.Trade), ('F', BookAction.Fill), ('N', BookAction.None));

    /// <summary>[256] <see cref="Side"/> by letter: A(sk) = sell, B(id) = buy, anything else none.</summary>
    public static byte[] Sides { get; } = Pinned(Side.None, ('A', Side.Sell), ('B', Side.Buy));

    /// <summary>The letter of an action; NUL for one that has none.</summary>
    public static byte Letter(BookAction action) => action switch
    {
        BookAction.Add => (byte)'A',
        BookAction.Cancel => (byte)'C',
        BookAction.Modify => (byte)'M',
        BookAction.Clear => (byte)'R',
        BookAction.Trade => (byte)'T',
        BookAction.Fill => (byte)'F',
        BookAction.None => (byte)'N',
        _ => 0,
    };

    public static byte Letter(Side side) => side switch { Side.Sell => (byte)'A', Side.Buy => (byte)'B', _ => (byte)'N' };

    private static byte[] Pinned<T>(T otherwise, params (char Letter, T Meaning)[] known) where T : unmanaged, Enum
    {
        byte[] table = GC.AllocateArray<byte>(256, pinned: true);
        Array.Fill(table, (byte)(object)otherwise);
        foreach ((char letter, T meaning) in known) table[letter] = (byte)(object)meaning;
        return table;
    }
}
