using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;

namespace Fathom.Tests.Domain.Segments;

/// <summary>Messages that mean nothing: a header that says their length, and random bytes.</summary>
internal static class SomeMessages
{
    /// <summary>One whole message.</summary>
    public static byte[] One(Random random, int words)
    {
        byte[] message = new byte[words * 8];
        random.NextBytes(message);
        message[Unsafe.SizeOf<MessageHeader>() - 1] = 0;      // a time that is one
        message[0] = (byte)MessageType.MarketByOrder;
        message[1] = (byte)words;
        return message;
    }

    /// <summary>Whole messages of random lengths, each by itself.</summary>
    public static byte[][] Many(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => One(random, random.Next(5) == 0 ? random.Next(3, 256) : 8))];
}
