"""Bounds the memory of this process, so that a hostile workbook ends its reader and not the office's computer."""

import ctypes
import sys
from typing import Any

PROCESS_MEMORY, DIE_ON_FAULT = 0x100, 0x400  # the limits of a Windows job that are set here
EXTENDED_LIMITS = 9  # as SetInformationJobObject numbers them


class _BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION: 144 bytes of a 64-bit Windows."""

    _fields_ = (
        ("basic", _BasicLimits),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_of_process", ctypes.c_size_t),
        ("peak_of_job", ctypes.c_size_t),
    )


def bound_memory(size: int) -> bool:
    """Let this process have so many bytes; asking for more is a MemoryError, or its end. False where it cannot be."""
    if sys.platform == "win32":
        return bound_by_job(ctypes.WinDLL("kernel32", use_last_error=True), size)
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # the memory of a dying process holds people
    return True


def bound_by_job(kernel: Any, size: int) -> bool:
    """The same on Windows, which bounds what it has promised to the processes of a job; `kernel` is its kernel32.

    The job has this process alone and goes with it: its handle is never closed before. A process dies of a fault at
    once, without a window that waits for somebody to close it.
    """
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = Limits()
    limits.basic.flags = PROCESS_MEMORY | DIE_ON_FAULT
    limits.process_memory = size
    told = ctypes.byref(limits), ctypes.c_uint32(ctypes.sizeof(limits))
    return bool(
        job
        and kernel.SetInformationJobObject(job, EXTENDED_LIMITS, *told)
        and kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))
    )
