using System.Runtime.InteropServices;

namespace Fathom.Market.Books;

/// <summary>The C library's advice to the kernel about memory.</summary>
internal static unsafe partial class MemoryAdvice
{
    [LibraryImport("libc", EntryPoint = "madvise")]
    internal static partial int Madvise(void* address, nuint length, int advice);
}
