using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Fathom.Domain;

/// <summary>Laws that stay on in release. A false one means that we are wrong: the run stops, and its recording shows where.</summary>
public static class Invariant
{
    /// <exception cref="InvariantException"><paramref name="holds"/> is false.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Require([DoesNotReturnIf(false)] bool holds, string law)
    {
        if (!holds) Break(law);
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Break(string law) => throw new InvariantException(law);
}
